/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.jamesext.ximss.op.service;

import java.util.Optional;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.upload.UploadedFiles;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Removes one or all files from the uploaded file set; a file that is not there is no failure. XIMSS, "Service Operations",
 * clearUploaded.
 *
 * <pre>{@code <clearUploaded id="" uploadID=""? />}</pre>
 */
public final class ClearUploaded implements XimssOperation<ClearUploaded.Request> {
    /** Which file; empty for all. */
    public record Request(Optional<String> uploadId) {
        static Request parse(Element element) {
            return new Request(element.attribute("uploadID"));
        }
    }

    @Override
    public String name() {
        return "clearUploaded";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        UploadedFiles files = session.uploads();
        return Blocking.run(() -> request.uploadId.ifPresentOrElse(files::clear, files::clear)).thenMany(Flux.empty());
    }
}
