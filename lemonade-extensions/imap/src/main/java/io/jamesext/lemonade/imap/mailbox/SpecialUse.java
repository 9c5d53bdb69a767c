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

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.imap.api.process.MailboxType;
import org.apache.james.imap.api.process.MailboxTyper;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxPath;

import com.google.common.base.Splitter;

import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a user's own mailboxes are for: the annotation {@code /private/specialuse}, and where there is none, what James takes the name of
 * the mailbox for. RFC 6154.
 */
public final class SpecialUse {
    /** RFC 6154 section 4. */
    public static final MailboxAnnotationKey KEY = new MailboxAnnotationKey("/private/specialuse");

    // RFC 6154 section 2, without \All and \Flagged: these would be views of messages that are elsewhere.
    private static final List<String> SUPPORTED = List.of("\\Archive", "\\Drafts", "\\Junk", "\\Sent", "\\Trash");

    private final MailboxManager mailboxManager;
    private final MailboxTyper typer;

    public SpecialUse(MailboxManager mailboxManager, MailboxTyper typer) {
        this.mailboxManager = mailboxManager;
        this.typer = typer;
    }

    /**
     * The uses as RFC 6154 writes them, each once.
     *
     * @throws RefusedException if a mailbox cannot be for one of them
     */
    public static List<String> checked(List<String> uses) throws RefusedException {
        Set<String> known = new LinkedHashSet<>();
        for (String use : uses) {
            known.add(SUPPORTED.stream().filter(use::equalsIgnoreCase).findAny()
                .orElseThrow(() -> new RefusedException("USEATTR", "That special use is not supported.")));
        }
        return List.copyOf(known);
    }

    /** The uses in the value of an annotation. */
    public static List<String> split(String value) {
        return Splitter.on(' ').omitEmptyStrings().splitToList(value);
    }

    /** What a mailbox is for; a mailbox of another user is for nothing, since the use is the owner's (RFC 6154 section 2). */
    public Mono<List<String>> of(MailboxPath path, FolderSession session) {
        if (!session.names().own(path)) {
            return Mono.just(List.of());
        }
        return Flux.from(mailboxManager.getAnnotationsByKeysReactive(path, session.mailbox(), Set.of(KEY)))
            .next()
            .map(annotation -> annotation.getValue().map(SpecialUse::split).orElse(List.of()))
            .switchIfEmpty(Mono.fromCallable(() -> byName(path, session)));
    }

    /** Sets what one of the user's own mailboxes is for. */
    public Mono<Void> set(MailboxPath path, List<String> uses, FolderSession session) {
        return Mono.from(mailboxManager.updateAnnotationsReactive(path, session.mailbox(), List.of(annotation(path, uses, session))));
    }

    /** What is stored for these uses: nothing is stored as such only where the name says something else. */
    public MailboxAnnotation annotation(MailboxPath path, List<String> uses, FolderSession session) {
        if (uses.isEmpty() && byName(path, session).isEmpty()) {
            return MailboxAnnotation.nil(KEY);
        }
        return MailboxAnnotation.newInstance(KEY, String.join(" ", uses));
    }

    private List<String> byName(MailboxPath path, FolderSession session) {
        return Optional.ofNullable(typer.getMailboxType(session.imap(), path))
            .map(MailboxType::getRfc6154attributeName)
            .filter(SUPPORTED::contains)
            .map(List::of)
            .orElse(List.of());
    }
}
