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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.google.common.collect.ImmutableList;

/**
 * An item in several forms, as one message. RFC 2046 section 5.1.
 *
 * @param subtype {@code alternative} where they say the same, the plainest first; {@code mixed} otherwise
 */
public record ItemForms(ItemEnvelope envelope, String subtype, ImmutableList<ItemForm> forms) {
    /** Forms that say the same: a client shows the last one that it knows. RFC 2046 section 5.1.4. */
    public static ItemForms alternatives(ItemMessage item, ItemForm... more) {
        return new ItemForms(item.envelope(), "alternative", ImmutableList.<ItemForm>builder().add(item.form()).add(more).build());
    }

    /** Forms that belong together. */
    public static ItemForms mixed(ItemEnvelope envelope, List<ItemForm> forms) {
        return new ItemForms(envelope, "mixed", ImmutableList.copyOf(forms));
    }

    /**
     * The message.
     *
     * @param now its Date
     */
    public byte[] octets(Instant now) {
        // Nobody can know it before, so no form can hold it.
        String boundary = "=_" + UUID.randomUUID();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(envelope.octets(now));
        write(message, "Content-Type: multipart/" + subtype + ";\r\n boundary=\"" + boundary + "\"\r\n");
        forms.forEach(form -> {
            write(message, "\r\n--" + boundary + "\r\n");
            form.writeTo(message);
        });
        write(message, "\r\n--" + boundary + "--\r\n");
        return message.toByteArray();
    }

    private static void write(ByteArrayOutputStream message, String text) {
        message.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
