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
package io.jamesext.ximss.op.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageManager.AppendResult;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.mail.ComposedMessage;
import io.jamesext.ximss.reply.MessageAdded;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.table.Replacements;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Appends messages that were composed to mailboxes, for messageAppend and contactAppend.
 *
 * @param mailboxes the user's mailboxes
 * @param composition what knows the time of messages that have none
 * @param replacements what lets one replace a message at a time
 */
public record Appending(Mailboxes mailboxes, Composition composition, Replacements replacements) {
    /**
     * Where a message goes and how it is stored there. XIMSS, "Message Operations", messageAppend.
     *
     * @param folder the open folder, if one is named; the mailbox is ignored then
     * @param mailbox the mailbox's name
     * @param mailboxClass when there, a missing mailbox is made
     * @param replaced the message that is removed from the folder afterwards
     * @param report true when the UID is wanted
     * @param storing its flags and date
     */
    public record Target(Optional<String> folder, String mailbox, Optional<String> mailboxClass, Optional<Replaced> replaced,
                         boolean report, Composition.Storing storing) {
        /** From the attributes of a request. */
        public static Target parse(Element element) {
            Optional<String> folder = element.attribute("folder");
            boolean onlyForFolder = element.attribute("replacesUID").isPresent() || element.attribute("report").isPresent();
            if (onlyForFolder && folder.isEmpty()) {
                throw new ProtocolException(Failure.SYNTAX, "replacesUID and report need the folder attribute");
            }
            return new Target(folder, folder.isPresent() ? "" : element.required("targetMailbox"), element.attribute("mailboxClass"),
                Replaced.parse(element), element.flag("report", "uid"), Composition.Storing.parse(element));
        }

        /** An open folder, and nothing special. */
        public static Target into(String folder) {
            return parse(Element.of("", Map.of("folder", folder), List.of()));
        }

        /** RFC 4314 section 4; replacing removes a message, too. */
        Set<Right> rights() {
            return replaced.isPresent() ? Set.of(Right.Insert, Right.DeleteMessages, Right.PerformExpunge) : Set.of(Right.Insert);
        }
    }

    /**
     * The message that is replaced.
     *
     * @param checked true when it must still be there
     */
    public record Replaced(long uid, boolean checked) {
        static Optional<Replaced> parse(Element element) {
            boolean checked = element.flag("checkOld", "yes");
            Optional<Replaced> replaced = element.number("replacesUID").map(uid -> new Replaced(uid, checked));
            if (checked && replaced.isEmpty()) {
                throw new ProtocolException(Failure.SYNTAX, "checkOld needs the replacesUID attribute");
            }
            return replaced;
        }
    }

    /** Fails when the user may not append there. */
    public Mono<Void> check(Target target, XimssSession session) {
        return mailbox(target, session).flatMap(found -> mailboxes.require(target.rights(), found, session.mailboxSession()));
    }

    /**
     * Appends a message, and removes the one that it replaces.
     *
     * @param composed the message, which is closed afterwards
     * @return its UID, when that is wanted
     */
    public Flux<MessageAdded> append(Mono<ComposedMessage> composed, Target target, XimssSession session) {
        return Flux.usingWhen(composed, message -> append(message, target, session), message -> Blocking.run(message::close));
    }

    private Flux<MessageAdded> append(ComposedMessage message, Target target, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        return mailbox(target, session).flatMap(found -> mailboxes.require(target.rights(), found, mailboxSession)
                .then(mailboxes.settableFlags(found, mailboxSession))
                .flatMap(settable -> composition.append(message, target.storing, settable, mailboxSession))
                .flatMap(append -> store(append, target.replaced, found, mailboxSession)))
            .filter(appended -> target.report)
            .map(appended -> new MessageAdded(target.folder.orElseThrow(), appended.getId().getUid().asLong()))
            .flux();
    }

    private Mono<AppendResult> store(AppendCommand command, Optional<Replaced> replaced, MessageManager mailbox, MailboxSession session) {
        Mono<AppendResult> append = Mono.defer(() -> Mono.from(mailbox.appendMessageReactive(command, session)));
        return replaced.map(old -> {
            if (old.checked) {
                return new Replacement(replacements).replace(mailbox, old.uid, append, session);
            }
            return old.uid == 0 ? append
                : append.flatMap(appended -> Replacement.delete(mailbox, MessageUid.of(old.uid), session).thenReturn(appended));
        }).orElse(append);
    }

    private Mono<MessageManager> mailbox(Target target, XimssSession session) {
        return target.folder.map(session::folder).map(Folder::mailbox).map(Mono::just)
            .orElseGet(() -> mailboxes.find(target.mailbox, target.mailboxClass, session.mailboxSession()));
    }
}
