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
package io.jamesext.ximss.op.file;

import io.jamesext.groupware.file.FilePath;
import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Makes a directory, and those in which it is. Beyond the text.
 *
 * <pre>{@code <fileDirCreate id="" fileName="" />}</pre>
 */
public final class FileDirCreate implements XimssOperation<FileDirCreate.Request> {
    /** Which. */
    public record Request(FilePath directory) {
    }

    private final PersonalFiles files;

    /** Among these files. */
    public FileDirCreate(PersonalFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "fileDirCreate";
    }

    @Override
    public Request read(Element element) {
        return new Request(FileName.of(element.required("fileName")));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return files.createDirectory(session.mailboxSession().getUser(), request.directory).thenMany(Flux.empty());
    }
}
