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

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;

import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.Fields;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;

import com.google.common.base.CharMatcher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/** Header fields from the elements of an EMail element: the way back from {@link HeaderElements}. */
final class ComposedFields {
    /** RFC 5322 section 2.2 allows more, but an element's name can hold no more. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Pattern LOCAL_PART = Pattern.compile("[^\\s\\p{Cntrl}<>(),;:\\\\\"@\\[\\]]{1,200}");
    private static final Pattern DOMAIN = Pattern.compile("[^\\s\\p{Cntrl}<>(),;:\\\\\"@]{1,255}");
    private static final Set<String> CONTENT = Set.of("MIME", "EMail", "copyMIME");

    private ComposedFields() {
    }

    /** True for an element that is the body and not a field. */
    static boolean isContent(Element element) {
        return CONTENT.contains(element.name());
    }

    /** The fields in the order of their first elements; addresses of one field together. */
    static List<Field> of(Element email) {
        Map<String, List<Element>> byName = new LinkedHashMap<>();
        email.elements().filter(element -> !isContent(element)).forEach(element -> {
            String key = FieldText.isAddressField(element.name()) ? element.name().toLowerCase(Locale.US)
                : element.name() + " " + byName.size();
            byName.computeIfAbsent(key, first -> new ArrayList<>()).add(element);
        });
        return byName.values().stream().map(ComposedFields::field).toList();
    }

    private static Field field(List<Element> elements) {
        String name = elements.get(0).name();
        String folded = name.toLowerCase(Locale.US);
        if (!NAME.matcher(name).matches() || folded.startsWith("content-") || folded.equals("mime-version")) {
            // The MIME element says what the body is; a second opinion in the header could only lie.
            throw new ProtocolException(Failure.SYNTAX, "not a possible header field");
        }
        if (FieldText.isAddressField(name)) {
            return Fields.addressList(name, elements.stream().map(ComposedFields::mailbox).toList());
        }
        String text = oneLine(elements.get(0).text());
        if (FieldText.isDateField(name)) {
            return Fields.date(name, Date.from(Times.parse(text, ZoneOffset.UTC)), TimeZone.getTimeZone("UTC"));
        }
        if (folded.endsWith("message-id") && CharMatcher.ascii().matchesAllOf(text)) {
            return new RawField(name, text.startsWith("<") ? text : "<" + text + ">");
        }
        int used = name.length() + 2;
        // The writer folds it.
        return new RawField(name, EncoderUtil.encodeIfNecessary(text, EncoderUtil.Usage.TEXT_TOKEN, used));
    }

    private static Mailbox mailbox(Element element) {
        String address = element.text().strip();
        int at = address.lastIndexOf('@');
        boolean isAddress = at > 0 && LOCAL_PART.matcher(address.substring(0, at)).matches()
            && DOMAIN.matcher(address.substring(at + 1)).matches();
        if (!isAddress) {
            throw new ProtocolException(Failure.SYNTAX, "not an e-mail address in " + element.name());
        }
        return new Mailbox(element.attribute("realName").map(ComposedFields::oneLine).orElse(""), address.substring(0, at),
            address.substring(at + 1));
    }

    /** A line end in a value would begin a header field that nobody asked for. */
    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
