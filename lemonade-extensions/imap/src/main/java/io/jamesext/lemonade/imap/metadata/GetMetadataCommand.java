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

package io.jamesext.lemonade.imap.metadata;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.folder.UntaggedLine;
import io.jamesext.lemonade.imap.mailbox.SpecialUse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** GETMETADATA: tells of annotations. RFC 5464 section 4.2. */
public final class GetMetadataCommand implements FolderCommand<GetMetadataRequest> {
    private final MailboxManager mailboxManager;
    private final SpecialUse specialUse;
    private final ServerAnnotations server;

    public GetMetadataCommand(MailboxManager mailboxManager, SpecialUse specialUse, ServerAnnotations server) {
        this.mailboxManager = mailboxManager;
        this.specialUse = specialUse;
        this.server = server;
    }

    @Override
    public Class<GetMetadataRequest> request() {
        return GetMetadataRequest.class;
    }

    @Override
    public Mono<String> run(GetMetadataRequest request, FolderSession session, Consumer<Untagged> responses) {
        return stored(request.name(), session)
            .map(stored -> chosen(request, stored))
            .flatMap(chosen -> answer(request, chosen, session, responses));
    }

    /** What there is, of the server where no mailbox is named. */
    private Mono<Map<String, String>> stored(String name, FolderSession session) {
        if (name.isEmpty()) {
            return server.of(session.mailbox().getUser()).map(TreeMap::new);
        }
        return Mono.fromCallable(() -> session.names().path(name)).flatMap(path -> visible(path, session));
    }

    private Mono<Map<String, String>> visible(MailboxPath path, FolderSession session) {
        // Where the user cannot see the mailbox it is not there; where they cannot read it, James refuses below.
        Mono<List<String>> uses = Mono.from(mailboxManager.getMailboxReactive(path, session.mailbox()))
            .then(Mono.defer(() -> specialUse.of(path, session)));
        return uses.flatMap(known -> Flux.from(mailboxManager.getAllAnnotationsReactive(path, session.mailbox()))
            .collect(TreeMap<String, String>::new, GetMetadataCommand::put)
            .map(annotations -> {
                // RFC 6154 section 4: what LIST tells.
                annotations.remove(SpecialUse.KEY.asString());
                if (!known.isEmpty()) {
                    annotations.put(SpecialUse.KEY.asString(), String.join(" ", known));
                }
                if (!session.names().own(path)) {
                    annotations.keySet().removeIf(entry -> new EntryName(entry).isPrivate());
                }
                return annotations;
            }));
    }

    private static void put(Map<String, String> annotations, MailboxAnnotation annotation) {
        annotation.getValue().ifPresent(value -> annotations.put(annotation.getKey().asString(), value));
    }

    /** The entries that are asked for, and with DEPTH those below them that are there. */
    private static Map<String, Optional<String>> chosen(GetMetadataRequest request, Map<String, String> stored) {
        Map<String, Optional<String>> chosen = new LinkedHashMap<>();
        for (EntryName entry : request.entries()) {
            if (request.options().depth() == 0) {
                chosen.put(entry.name(), Optional.ofNullable(stored.get(entry.name())));
            }
            stored.forEach((name, value) -> {
                if (entry.covers(name, request.options().depth())) {
                    chosen.put(name, Optional.of(value));
                }
            });
        }
        return chosen;
    }

    private static Mono<String> answer(GetMetadataRequest request, Map<String, Optional<String>> chosen, FolderSession session,
        Consumer<Untagged> responses) {
        long longest = 0;
        boolean any = false;
        UntaggedLine line = session.line("METADATA").mailbox(request.name()).open();
        for (Map.Entry<String, Optional<String>> entry : chosen.entrySet()) {
            long size = entry.getValue().map(value -> value.getBytes(StandardCharsets.UTF_8).length).orElse(0);
            if (size > request.options().maxSize()) {
                longest = Math.max(longest, size);
            } else {
                any = true;
                line.astring(entry.getKey());
                entry.getValue().ifPresentOrElse(line::string, line::nil);
            }
        }
        if (any) {
            responses.accept(line.close().end());
        }
        // RFC 5464 section 4.2.1
        return longest == 0 ? Mono.empty() : Mono.just("METADATA LONGENTRIES " + longest);
    }
}
