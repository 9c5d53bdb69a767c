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

package io.jamesext.lemonade.imap.sort;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.jamesext.converter.HeaderText;
import io.jamesext.converter.SentDate;
import io.jamesext.lemonade.imap.fetch.Address;
import io.jamesext.lemonade.imap.fetch.AddressReader;
import io.jamesext.urlauth.HeaderField;

/**
 * What a message is sorted and threaded by, as far as its header says it: the same for all copies of the message, for ever.
 *
 * @param sent the sent date in seconds since the epoch, if the header has one
 * @param subject the base subject
 * @param texts the collation keys of the other texts
 * @param links what the message refers to
 */
public record MessageValues(OptionalLong sent, Subject subject, Texts texts, Links links) {
    /** Of a message of which nothing else is asked than what its mailbox knows. */
    static final MessageValues NONE = new MessageValues(OptionalLong.empty(), new Subject("", false), new Texts("", "", "", "", ""),
        Links.NONE);

    private static final Set<String> FIELDS = Set.of("date", "subject", "from", "to", "cc", "message-id", "references", "in-reply-to");
    /** Longer subjects are cut before anything is done with them. */
    private static final int MAX_SUBJECT = 64 << 10;
    /** The first address is looked for so far. */
    private static final int MAX_ADDRESSES = 8 << 10;
    /** Of the records themselves, on a heap with compressed pointers. */
    private static final int RECORDS_OCTETS = 112;
    private static final int STRING_OCTETS = 44;

    /**
     * The base subject of RFC 5256 section 2.1.
     *
     * @param key the collation key of it
     */
    public record Subject(String key, boolean replyOrForward) {
    }

    /** Collation keys: addr-mailbox of the first address of each field, and its display sort value of RFC 5957 section 3. */
    public record Texts(String from, String to, String cc, String displayFrom, String displayTo) {
    }

    /** Reads a header. */
    static MessageValues of(byte[] header, ToLongFunction<String> messageIds) {
        List<HeaderField> fields = HeaderField.of(header, FIELDS::contains);
        @Nullable Address from = first(fields, "from");
        @Nullable Address to = first(fields, "to");
        return new MessageValues(
            HeaderField.first(fields, "date").flatMap(SentDate::of).stream().mapToLong(SentDate::second).findFirst(),
            subject(HeaderField.first(fields, "subject").orElse("")),
            new Texts(mailbox(from), mailbox(to), mailbox(first(fields, "cc")), display(from), display(to)),
            Links.of(fields, messageIds));
    }

    /** About what it takes on the heap. */
    int octets() {
        return RECORDS_OCTETS + octets(subject.key()) + octets(texts.from()) + octets(texts.to()) + octets(texts.cc())
            + octets(texts.displayFrom()) + octets(texts.displayTo()) + links.octets();
    }

    private static int octets(String text) {
        return text.isEmpty() ? 0 : STRING_OCTETS + text.length() * (text.chars().allMatch(c -> c < 256) ? 1 : 2);
    }

    private static Subject subject(String field) {
        HeaderText text = HeaderText.of(cut(field, MAX_SUBJECT));
        BaseSubject base = BaseSubject.of(text.text());
        return new Subject(CollationKey.of(base.text(), text.valid()), base.replyOrForward());
    }

    /** The first address as in ENVELOPE; there may be several such fields, and the first ones may be empty. */
    private static @Nullable Address first(List<HeaderField> fields, String name) {
        List<Address> addresses = new ArrayList<>();
        for (HeaderField field : fields) {
            if (field.name().equals(name)) {
                addresses.addAll(AddressReader.read(cut(field.value(), MAX_ADDRESSES)));
            }
            if (!addresses.isEmpty()) {
                return addresses.get(0);
            }
        }
        return null;
    }

    private static String mailbox(@Nullable Address address) {
        return address == null || address.mailbox() == null ? "" : CollationKey.of(HeaderText.of(address.mailbox()));
    }

    /** RFC 5957 section 3. An ENVELOPE of ours has an empty host where there is none, because NIL would begin a group. */
    private static String display(@Nullable Address address) {
        if (address == null) {
            return "";
        }
        HeaderText name = HeaderText.of(Optional.ofNullable(address.name()).orElse(""));
        if (!name.text().isEmpty()) {
            return CollationKey.of(name);
        }
        String host = Objects.requireNonNullElse(address.host(), "");
        return address.mailbox() == null || host.isEmpty() ? mailbox(address)
            : CollationKey.of(HeaderText.of(address.mailbox() + "@" + host));
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }
}
