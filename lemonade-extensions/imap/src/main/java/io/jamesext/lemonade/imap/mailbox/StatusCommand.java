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

package io.jamesext.lemonade.imap.mailbox;

import java.util.List;
import java.util.function.Consumer;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.message.Capability;

import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Mono;

/** STATUS: tells of a mailbox without selecting it. RFC 3501 section 6.3.10. */
public final class StatusCommand implements FolderCommand<StatusRequest> {
    private final MailboxStatus status;

    public StatusCommand(MailboxStatus status) {
        this.status = status;
    }

    @Override
    public Class<StatusRequest> request() {
        return StatusRequest.class;
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(Capability.of("STATUS=SIZE"));
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        status.configure(configuration);
    }

    @Override
    public Mono<String> run(StatusRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.fromCallable(() -> session.names().path(request.name()))
            .flatMap(path -> status.of(path, request.items(), session))
            .doOnNext(responses)
            .then(Mono.empty());
    }
}
