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
package io.jamesext.groupware.vcard;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.mime4j.dom.address.Mailbox;

import io.jamesext.groupware.item.ItemMessage;

/**
 * A contact or a group as an item of a mailbox. Its To field is what clients of CommuniGate read in a list of contacts: a contact's
 * addresses, with what they are for in the place of a name, or the word GROUP.
 */
public final class ContactItem {
    /** The field is for lists and searches; the card has them all. */
    private static final int MAX_ADDRESSES = 20;
    private static final String GROUP = "GROUP";
    private static final Pattern ADDRESS = Pattern.compile("([^\\s\\p{Cntrl}<>(),;:\\\\\"@\\[\\]]{1,64})@([A-Za-z0-9.-]{1,255})");
    /** They say what is in the value, and nothing of what it is for. */
    private static final Set<String> NO_PURPOSE = Set.of("INTERNET", "PREF", "X400");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9-]{1,32}");

    private ContactItem() {
    }

    /**
     * The message of a card.
     *
     * @param card what it must have is added
     * @param from whose card it is, an e-mail address
     */
    public static ItemMessage of(Card card, String from) {
        Card complete = card.completed();
        boolean isGroup = complete.kind() == Card.Kind.GROUP;
        return new ItemMessage(complete.uid().orElseThrow(), from, complete.displayName(),
            isGroup ? ItemMessage.To.word(GROUP) : ItemMessage.To.addresses(addresses(complete)),
            "text/" + (isGroup ? "x-vgroup" : "x-vcard") + "; charset=utf-8", CardWriter.write(List.of(complete)));
    }

    private static List<Mailbox> addresses(Card card) {
        return card.all("EMAIL").flatMap(email -> {
            Matcher address = ADDRESS.matcher(email.line());
            return address.matches() ? List.of(new Mailbox(purpose(email), address.group(1), address.group(2))).stream()
                : List.<Mailbox>of().stream();
        }).limit(MAX_ADDRESSES).toList();
    }

    private static String purpose(CardProperty email) {
        return email.types().stream()
            .filter(type -> !NO_PURPOSE.contains(type.toUpperCase(Locale.US)) && WORD.matcher(type).matches())
            .findFirst()
            .orElse("");
    }
}
