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

import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.groupware.file.FileEntry;
import io.jamesext.groupware.file.FilePath;
import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.FileInfo;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Lists a directory, or tells of one file. Beyond the text.
 *
 * <pre>{@code <fileList id="" directory=""? fileName=""? position=""? limit=""? />}</pre>
 */
public final class FileList implements XimssOperation<FileList.Request> {
    /**
     * The attributes.
     *
     * @param file empty for what is in the directory
     * @param position how many entries are passed over
     * @param limit how many are told; empty for all
     */
    public record Request(FilePath directory, Optional<FilePath> file, long position, Optional<Long> limit) {
    }

    private final PersonalFiles files;
    private final Preferences preferences;

    /** Of these files, with times in the user's zone. */
    public FileList(PersonalFiles files, Preferences preferences) {
        this.files = files;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "fileList";
    }

    @Override
    public Request read(Element element) {
        return new Request(FileName.of(element.attribute("directory").orElse("")),
            element.attribute("fileName").filter(name -> !name.isEmpty()).map(FileName::of),
            element.number("position").orElse(0L), FileRead.limit(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Username user = session.mailboxSession().getUser();
        Flux<FileEntry> found = request.file.map(file -> files.find(user, request.directory.resolve(file)).flux())
            .orElseGet(() -> files.list(user, request.directory));
        Flux<FileEntry> rest = found.skip(request.position);
        Flux<FileEntry> slice = request.limit.map(rest::take).orElse(rest);
        return preferences.zone(user).flatMapMany(zone -> slice.map(entry -> new FileInfo(entry, zone)));
    }
}
