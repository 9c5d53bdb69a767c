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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;

import com.google.common.annotations.VisibleForTesting;

import io.jamesext.groupware.vcard.Card;
import io.jamesext.groupware.vcard.CardReader;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.StoredMessages;

/** The contacts in a message. XIMSS, "Contacts Operations": a contact is a message with a vCard in a text part. */
public final class MessageCards {
    /** A contact with a picture. What is larger is none. */
    static final int MAX_MESSAGE_BYTES = 512 * 1024;
    /** XIMSS, "Contacts Operations", where "dictionary" is a slip for directory; and RFC 6350 section 10.1. */
    private static final Set<String> TYPES = Set.of("text/x-vcard", "text/directory", "text/vcard");

    private MessageCards() {
    }

    /** All of them, in order. What breaks the limits of what reads it is passed over. */
    public static List<Card> of(MessageResult message) throws IOException {
        List<Card> cards = new ArrayList<>();
        if (message.getSize() > MAX_MESSAGE_BYTES) {
            return cards;
        }
        MimeTokenStream stream = new MimeTokenStream();
        CardReader reader = new CardReader();
        try (InputStream content = StoredMessages.octets(message).openStream()) {
            stream.parse(content);
            for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
                if (state == EntityState.T_BODY && TYPES.contains(stream.getBodyDescriptor().getMimeType().toLowerCase(Locale.US))) {
                    String text = new String(stream.getDecodedInputStream().readNBytes(MAX_MESSAGE_BYTES), StandardCharsets.UTF_8);
                    cards.addAll(read(text, reader));
                }
            }
        } catch (MimeException e) {
            // What breaks the parser's limits is no contact.
            return cards;
        }
        return cards;
    }

    @VisibleForTesting
    static List<Card> read(String text, CardReader reader) {
        try {
            return reader.read(text);
        } catch (ProtocolException e) {
            return List.of();
        }
    }

    /** The e-mail addresses of a card, in lower case. */
    public static List<String> addresses(Card card) {
        return card.all("EMAIL").map(email -> email.line().toLowerCase(Locale.US).replaceFirst("^mailto:", "")).toList();
    }
}
