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
package io.jamesext.lemonade.imap.context;

import java.util.Objects;
import java.util.function.Consumer;

import org.apache.james.imap.api.Tag;

import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import reactor.core.publisher.Mono;

/** Runs CANCELUPDATE. RFC 5267 section 4.3.5. */
public final class CancelUpdateCommand implements FolderCommand<CancelUpdateRequest> {
    @Override
    public Class<CancelUpdateRequest> request() {
        return CancelUpdateRequest.class;
    }

    /** All that can be cancelled is, also where a tag says nothing. */
    @Override
    public Mono<String> run(CancelUpdateRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.defer(() -> {
            SelectedFolder folder = Objects.requireNonNull(SelectedFolder.of(session.imap()));
            long unknown = request.cancelled().stream().distinct().filter(tag -> !cancel(folder, tag)).count();
            return unknown == 0 ? Mono.empty()
                : Mono.error(new RefusedException("CLIENTBUG", "No updates are told under such a tag."));
        });
    }

    private static boolean cancel(SelectedFolder folder, Tag tag) {
        return folder.follower() instanceof Contexts contexts && contexts.cancel(tag);
    }
}
