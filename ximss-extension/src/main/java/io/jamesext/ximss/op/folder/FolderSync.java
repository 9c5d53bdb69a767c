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
package io.jamesext.ximss.op.folder;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Brings a folder's view up to date and reports each step. XIMSS, "Mailbox Operations", folderSync. The limit is behind the text's end, and
 * is what clients of CommuniGate send.
 *
 * <pre>{@code <folderSync id="" folder="" limit="messages"? />}</pre>
 */
public final class FolderSync implements XimssOperation<FolderSync.Request> {
    /** The attributes. */
    public record Request(String folder, long limit) {
        static Request parse(Element element) {
            long limit = element.number("limit").orElse(Long.MAX_VALUE);
            if (limit < 1) {
                throw new ProtocolException(Failure.SYNTAX, "the limit is at least 1");
            }
            return new Request(element.required("folder"), limit);
        }
    }

    @Override
    public String name() {
        return "folderSync";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return session.folder(request.folder).sync(request.limit);
    }
}
