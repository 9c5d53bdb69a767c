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

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;

import com.google.common.collect.ImmutableList;

/**
 * A message's header as it is, read with all the patience that real mail needs.
 *
 * @param fields in the message's order
 */
public record MailHeader(List<Field> fields) {
    /** Mail has been accepted already; limits on it would only hide messages. */
    static final MimeConfig PATIENT = MimeConfig.custom()
        .setMaxLineLen(-1)
        .setMaxHeaderCount(-1)
        .setMaxHeaderLen(-1)
        .setMaxContentLen(-1)
        .build();

    /** Reads a header's bytes. */
    public static MailHeader read(InputStream header) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(PATIENT);
        return new MailHeader(ImmutableList.copyOf(builder.parseHeader(header).getFields()));
    }

    /** XIMSS, "Contacts Operations": true for a message that is nothing but cards. */
    public boolean holdsCards() {
        return new MimeFields(fields).holdsCards();
    }

    /** True for a message whose card may be one of several forms of it, as in what AGAP stores. */
    public boolean mayHoldCard() {
        return new MimeFields(fields).isAlternative();
    }

    /** The first field of a name, in either case. */
    public Optional<Field> first(String name) {
        return fields.stream().filter(field -> field.getName().equalsIgnoreCase(name)).findFirst();
    }
}
