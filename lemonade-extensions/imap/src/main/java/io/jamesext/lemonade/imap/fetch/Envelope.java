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

package io.jamesext.lemonade.imap.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.jamesext.urlauth.HeaderField;

/**
 * Writes an ENVELOPE. RFC 3501 section 7.4.2 and section 9:
 *
 * <pre>
 * envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc SP env-in-reply-to SP
 *            env-message-id ")"
 * address  = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
 * </pre>
 */
final class Envelope {
    private static final Set<String> FIELDS = Set.of("date", "subject", "from", "sender", "reply-to", "to", "cc", "bcc", "in-reply-to",
        "message-id");

    private Envelope() {
    }

    /** Of the octets of a header. */
    static void write(byte[] header, AnswerBuffer to) {
        write(HeaderField.of(header, FIELDS::contains), to);
    }

    /** Of the fields of a header. */
    static void write(List<HeaderField> all, AnswerBuffer to) {
        List<HeaderField> fields = to.utf8() ? all : Downgrade.fields(all);
        List<Address> from = addresses(fields, "from");
        to.open()
            .nstring(HeaderField.first(fields, "date"))
            .nstring(HeaderField.first(fields, "subject"));
        list(from, to);
        // Absent or empty, the client should take From for it, and the server does.
        list(orElse(addresses(fields, "sender"), from), to);
        list(orElse(addresses(fields, "reply-to"), from), to);
        list(addresses(fields, "to"), to);
        list(addresses(fields, "cc"), to);
        list(addresses(fields, "bcc"), to);
        to.nstring(HeaderField.first(fields, "in-reply-to"))
            .nstring(HeaderField.first(fields, "message-id"))
            .close();
    }

    private static List<Address> orElse(List<Address> addresses, List<Address> other) {
        return addresses.isEmpty() ? other : addresses;
    }

    /** RFC 5322 section 3.6 has each field once; where there are more, all count. */
    private static List<Address> addresses(List<HeaderField> fields, String name) {
        List<Address> addresses = new ArrayList<>();
        for (HeaderField field : fields) {
            if (field.name().equals(name)) {
                addresses.addAll(AddressReader.read(field.value()));
            }
        }
        return addresses;
    }

    private static void list(List<Address> addresses, AnswerBuffer to) {
        if (addresses.isEmpty()) {
            to.nil();
            return;
        }
        to.open();
        for (Address address : addresses) {
            to.unspaced().open();
            write(address.name(), to);
            write(address.route(), to);
            write(address.mailbox(), to);
            write(address.host(), to);
            to.close();
        }
        to.close();
    }

    private static void write(@Nullable String part, AnswerBuffer to) {
        to.nstring(Optional.ofNullable(part));
    }
}
