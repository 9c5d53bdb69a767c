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
package io.jamesext.ximss.addressbook;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;

import com.google.common.collect.ImmutableList;

import io.jamesext.groupware.vcard.Card;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.smime.Sealing;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads certificates from the vCards in the messages of a mailbox. All messages are looked at until each address has a
 * certificate, for James finds no bodies by what is in a property.
 */
public final class MailboxCertificates implements Certificates {
    /** Protects the store against an address book that is none. */
    private static final int MAX_MESSAGES = 10_000;

    private final Mailboxes mailboxes;
    private final StoredMessages messages;

    /** On James's mailboxes. */
    public MailboxCertificates(Mailboxes mailboxes, StoredMessages messages) {
        this.mailboxes = mailboxes;
        this.messages = messages;
    }

    @Override
    public Mono<List<X509Certificate>> find(String addressBook, Set<String> addresses, MailboxSession session) {
        return mailboxes.find(addressBook, session)
            .flatMap(mailbox -> mailboxes.require(Set.of(Right.Read), mailbox, session)
                .then(Mono.defer(() -> search(mailbox, addresses, session))));
    }

    private Mono<List<X509Certificate>> search(MessageManager mailbox, Set<String> addresses, MailboxSession session) {
        Map<String, X509Certificate> found = new LinkedHashMap<>();
        return Flux.from(mailbox.getMessagesReactive(MessageRange.all(), FetchGroup.MINIMAL, session))
            .take(MAX_MESSAGES)
            .filter(message -> message.getSize() <= MessageCards.MAX_MESSAGE_BYTES)
            .takeWhile(message -> found.size() < addresses.size())
            .concatMap(message -> messages.find(mailbox, message.getUid().asLong(), session)
                // Somebody may have removed it by now.
                .onErrorResume(ProtocolException.class, gone -> Mono.empty())
                .flatMap(contact -> Blocking.run(() -> collect(MessageCards.of(contact), addresses, found))), 0)
            .then(Mono.fromCallable(() -> certificates(addresses, found)));
    }

    private static void collect(List<Card> cards, Set<String> addresses, Map<String, X509Certificate> found) {
        for (VCardKeys card : cards.stream().map(VCardKeys::of).toList()) {
            card.certificates().stream().filter(Sealing::canEncryptFor).findFirst()
                .ifPresent(certificate -> card.addresses().stream().filter(addresses::contains)
                    .forEach(address -> found.putIfAbsent(address, certificate)));
        }
    }

    private static List<X509Certificate> certificates(Set<String> addresses, Map<String, X509Certificate> found) {
        addresses.stream().filter(address -> !found.containsKey(address)).findFirst().ifPresent(missing -> {
            throw new ProtocolException(Failure.CONFLICT, "the address book has no valid certificate of " + missing);
        });
        return ImmutableList.copyOf(found.values());
    }
}
