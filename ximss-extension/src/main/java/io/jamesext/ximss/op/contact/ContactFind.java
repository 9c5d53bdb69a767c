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
package io.jamesext.ximss.op.contact;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.addressbook.MessageCards;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.mail.EmailReader;
import io.jamesext.ximss.mail.FieldText;
import io.jamesext.ximss.mail.MailHeader;
import io.jamesext.ximss.mail.ReadingOptions;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.FolderMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.smime.SecureReading;
import io.jamesext.ximss.smime.SecureReadings;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives the contacts of an open folder that have a certain address, each as folderRead gives it. The text breaks off before it: this is
 * what a client of CommuniGate sends when it looks for the card of the peer of a conversation, and what it expects. The headers of all
 * items are looked at, and not James's search, which may not know yet what was appended just now.
 *
 * <pre>{@code <contactFind id="" folder="" peer="" totalSizeLimit=""? />}</pre>
 */
public final class ContactFind implements XimssOperation<ContactFind.Request> {
    /** One address in more cards than this is no search for a person. */
    private static final int MAX_FOUND = 100;
    /** Protects the store against a mailbox of cards that say in no field whose they are. */
    private static final int MAX_READ = 10_000;

    /** The attributes. */
    public record Request(String folder, String peer, long totalSizeLimit) {
        static Request parse(Element element) {
            String peer = element.required("peer").strip();
            if (peer.isEmpty()) {
                throw new ProtocolException(Failure.SYNTAX, "the attribute peer is an address");
            }
            return new Request(element.required("folder"), peer, ReadingOptions.textLimit(element.number("totalSizeLimit")));
        }
    }

    private final StoredMessages messages;
    private final SecureReadings readings;
    private final Preferences preferences;

    /** With what opens signed and encrypted parts, and the time zones of local times. */
    public ContactFind(StoredMessages messages, SecureReadings readings, Preferences preferences) {
        this.messages = messages;
        this.readings = readings;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "contactFind";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MessageManager mailbox = session.folder(request.folder).mailbox();
        return preferences.zone(session.mailboxSession().getUser())
            .flatMapMany(zone -> find(request, mailbox, zone, session.mailboxSession()));
    }

    private Flux<FolderMessage> find(Request request, MessageManager mailbox, ZoneId zone, MailboxSession session) {
        return messages.headers(mailbox, session)
            // Mail to the address is no contact, whatever is attached to it.
            .filter(header -> header.fields().holdsCards() || header.fields().mayHoldCard())
            .filter(header -> mayBeFor(request.peer, header.fields()))
            .take(MAX_READ)
            .concatMap(header -> messages.find(mailbox, header.uid(), session)
                // It may have gone since its header was read.
                .onErrorResume(ProtocolException.class, e -> e.failure() == Failure.NO_SUCH_MESSAGE ? Mono.empty() : Mono.error(e))
                .flatMap(found -> Blocking.call(() -> isFor(request.peer, header.fields(), found)
                    ? Optional.of(show(request, found, zone)) : Optional.<FolderMessage>empty()))
                .flatMap(Mono::justOrEmpty), 0)
            .take(MAX_FOUND);
    }

    /** A contact that was stored here has its addresses in To. What somebody else has stored need not have the field. */
    private static boolean mayBeFor(String peer, MailHeader header) {
        return header.first("To").isEmpty() || addresses(header).anyMatch(peer::equalsIgnoreCase);
    }

    private static boolean isFor(String peer, MailHeader header, MessageResult message) throws IOException {
        return header.holdsCards() && header.first("To").isPresent()
            || MessageCards.of(message).stream().flatMap(card -> MessageCards.addresses(card).stream()).anyMatch(peer::equalsIgnoreCase);
    }

    private static Stream<String> addresses(MailHeader header) {
        return header.first("To").map(FieldText::addresses).orElseGet(List::of).stream().map(FieldText.Address::address);
    }

    private FolderMessage show(Request request, MessageResult message, ZoneId zone) throws Exception {
        try (SecureReading secure = readings.begin(Optional.empty()); InputStream content = StoredMessages.octets(message).openStream()) {
            return new FolderMessage(request.folder, message.getUid().asLong(), Optional.empty(), Optional.empty(),
                EmailReader.read(content, message.getSize(), new ReadingOptions("", request.totalSizeLimit, zone, secure)));
        }
    }
}
