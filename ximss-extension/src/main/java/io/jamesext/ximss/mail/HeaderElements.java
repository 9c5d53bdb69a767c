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
package io.jamesext.ximss.mail;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.james.mime4j.stream.Field;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Text;

/**
 * The elements that a header field becomes inside EMail. XIMSS, "Secure Messaging", examples: one for each address, with the real name
 * as attribute; a date in GMT, with the local time and the sender's shift in seconds; identifiers without their brackets.
 */
final class HeaderElements {
    /** Protects the heap: of a header beyond this, the rest is left out. */
    static final int MAX_CHARACTERS = 1024 * 1024;

    /** Element names are the field's; one that XML cannot spell is left out. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Set<String> ID_FIELDS = Set.of("Message-Id", "Resent-Message-Id");

    private HeaderElements() {
    }

    static List<Element> of(Field field, ZoneId zone) {
        String name = FieldText.canonicalName(field.getName());
        if (!NAME.matcher(name).matches()) {
            return List.of();
        }
        if (FieldText.isAddressField(name)) {
            List<Element> addresses = FieldText.addresses(field).stream().map(address -> address(name, address))
                .collect(ImmutableList.toImmutableList());
            return addresses.isEmpty() ? List.of(Element.text(name, trimmed(FieldText.text(field)))) : addresses;
        }
        if (FieldText.isDateField(name)) {
            return FieldText.date(field).map(date -> List.of(date(name, date, zone)))
                .orElseGet(() -> List.of(Element.text(name, FieldText.text(field))));
        }
        String text = FieldText.text(field);
        return List.of(Element.text(name, ID_FIELDS.contains(name) ? trimmed(text) : text));
    }

    private static Element address(String name, FieldText.Address address) {
        ImmutableMap<String, String> realName = address.realName().map(text -> ImmutableMap.of("realName", text))
            .orElseGet(ImmutableMap::of);
        return Element.of(name, realName, List.of(new Text(address.address())));
    }

    private static Element date(String name, FieldText.SentDate date, ZoneId zone) {
        return Element.of(name, ImmutableMap.of("localTime", Times.basic(date.time(), zone),
            "timeShift", Integer.toString(date.shiftSeconds())), List.of(new Text(Times.gmt(date.time()))));
    }

    private static String trimmed(String text) {
        return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
    }
}
