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
package io.jamesext.groupware.item;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.regex.Pattern;

import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.field.Fields;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.util.MimeUtil;

/**
 * The header fields of an item's message that do not depend on its forms.
 *
 * @param uid the item's identifier, any text
 * @param from whose item it is, an e-mail address
 * @param subject what people call it; cut when it is long
 * @param to the To field
 */
public record ItemEnvelope(String uid, String from, String subject, ItemMessage.To to) {
    private static final int MAX_SUBJECT = 200;
    private static final Pattern CONTROLS = Pattern.compile("[\\s\\p{Cntrl}]+");

    /** The fields, each with its CRLF; MIME-Version is the last of them. */
    byte[] octets(Instant now) {
        List<Field> fields = new ArrayList<>();
        fields.add(new RawField("From", from));
        fields.add(new RawField("Subject", EncoderUtil.encodeIfNecessary(shortened(), EncoderUtil.Usage.TEXT_TOKEN, "Subject: ".length())));
        if (!to.addresses().isEmpty()) {
            fields.add(Fields.addressList("To", to.addresses()));
        } else if (!to.word().isEmpty()) {
            fields.add(new RawField("To", to.word()));
        }
        fields.add(Fields.date("Date", Date.from(now), TimeZone.getTimeZone("UTC")));
        fields.add(new RawField("Message-ID", ItemMessage.messageId(uid)));
        fields.add(new RawField("MIME-Version", "1.0"));
        StringBuilder header = new StringBuilder();
        // Not by mime4j's writer, which takes the low octet of each character (see XIMSS's Utf8Writer): RFC 6532 has UTF-8.
        fields.forEach(field -> header.append(MimeUtil.fold(field.getName() + ": " + field.getBody(), 0)).append("\r\n"));
        return header.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String shortened() {
        String line = CONTROLS.matcher(subject).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= MAX_SUBJECT ? line : line.substring(0, line.offsetByCodePoints(0, MAX_SUBJECT));
    }
}
