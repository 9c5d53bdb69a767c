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

package io.jamesext.lemonade.imap.folder;

import java.util.List;
import java.util.function.Consumer;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.request.ImapRequest;

import reactor.core.publisher.Mono;

/** The work of one command on mailboxes. */
public interface FolderCommand<R extends ImapRequest> {
    /** What its parser makes. */
    Class<R> request();

    /** What is advertised because of it. */
    default List<Capability> capabilities() {
        return List.of();
    }

    /** Takes the settings of the listener. */
    default void configure(ImapConfiguration configuration) {
    }

    /**
     * Does it.
     *
     * @param responses takes the untagged responses
     * @return the response code of the tagged OK, or nothing for an OK without one; {@link RefusedException} and James's own
     *     exceptions are answered with NO
     */
    Mono<String> run(R request, FolderSession session, Consumer<Untagged> responses);
}
