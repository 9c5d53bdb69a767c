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
package io.jamesext.dmap.mail;

import java.util.List;
import java.util.Set;

import org.apache.james.mailbox.DefaultMailboxes;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxPath;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.kernel.failure.Failure;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What mailboxes are for. RFC 6154: it is kept in the mailbox's annotation {@code /private/specialuse}, where IMAP has it too; where there
 * is none, James's own names of such mailboxes say it.
 */
public final class SpecialUses {
    private static final MailboxAnnotationKey KEY = new MailboxAnnotationKey("/private/specialuse");
    /** RFC 6154 section 2, without \All and \Flagged, which would be views of messages that are elsewhere. */
    private static final ImmutableMap<String, String> BY_NAME = ImmutableMap.of(
        DefaultMailboxes.ARCHIVE, "\\Archive",
        DefaultMailboxes.DRAFTS, "\\Drafts",
        DefaultMailboxes.SENT, "\\Sent",
        DefaultMailboxes.SPAM, "\\Junk",
        DefaultMailboxes.TRASH, "\\Trash");

    private final MailboxManager mailboxManager;

    /** Of James's mailboxes. */
    public SpecialUses(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** These uses as RFC 6154 writes them, each once; one that no mailbox can have is refused with its code USEATTR. */
    public static ImmutableList<String> checked(List<String> uses, DmapSession session) {
        return uses.stream()
            .map(use -> BY_NAME.values().stream().filter(use::equalsIgnoreCase).findAny()
                .orElseThrow(() -> session.refusal(Failure.NOT_SUPPORTED, new ResponseCode.Plain("USEATTR"), "no such special use")))
            .distinct()
            .collect(ImmutableList.toImmutableList());
    }

    /** What a mailbox of the user's is for. */
    public Mono<ImmutableList<String>> of(MailboxPath path, MailboxSession user) {
        return Flux.from(mailboxManager.getAnnotationsByKeysReactive(path, user, Set.of(KEY)))
            .next()
            .map(annotation -> annotation.getValue().map(SpecialUses::split).orElse(ImmutableList.of()))
            .defaultIfEmpty(byName(path));
    }

    /** Sets it. */
    public Mono<Void> set(MailboxPath path, List<String> uses, MailboxSession user) {
        return Mono.from(mailboxManager.updateAnnotationsReactive(path, user,
            List.of(MailboxAnnotation.newInstance(KEY, String.join(" ", uses)))));
    }

    private static ImmutableList<String> byName(MailboxPath path) {
        String use = BY_NAME.get(path.getName());
        return use == null ? ImmutableList.of() : ImmutableList.of(use);
    }

    /** Another protocol may have written it: what is no use, or none that a LIST response could hold, is left out. */
    private static ImmutableList<String> split(String value) {
        return Splitter.on(' ').splitToStream(value)
            .filter(BY_NAME::containsValue)
            .collect(ImmutableList.toImmutableList());
    }
}
