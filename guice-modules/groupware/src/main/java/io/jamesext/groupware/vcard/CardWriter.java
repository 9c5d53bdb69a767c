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

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

import com.github.mangstadt.vinnie.SyntaxStyle;
import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.VObjectWriter;

/** Writes cards as text: RFC 6350 section 3, with folded lines that end with CRLF. */
public final class CardWriter {
    /** RFC 6350 section 3.3: no value holds these, however it is written. A line feed is written as {@code \n}. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\t\\n]]");
    private static final String MEDIATYPE = "MEDIATYPE";

    private CardWriter() {
    }

    /** The text of some cards, one behind the other. */
    public static String write(List<Card> cards) {
        StringWriter text = new StringWriter();
        try (VObjectWriter writer = new VObjectWriter(text, SyntaxStyle.NEW)) {
            // RFC 6868: without it, no parameter could hold a quotation mark.
            writer.setCaretEncodingEnabled(true);
            for (Card card : cards) {
                write(card, writer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(Card card, VObjectWriter writer) throws IOException {
        writer.writeBeginComponent(card.kind().component());
        writer.writeVersion(card.version().number());
        for (CardProperty property : card.properties()) {
            writer.writeProperty(line(property, card.version()));
        }
        writer.writeEndComponent(card.kind().component());
    }

    private static VObjectProperty line(CardProperty property, Card.Version version) {
        boolean isDataUri = property.binary() && version == Card.Version.V4;
        String prefix = isDataUri ? "data:" + property.parameters().getOrDefault(MEDIATYPE, "application/octet-stream") + ";base64," : "";
        VObjectProperty line = new VObjectProperty(property.name(), CONTROLS.matcher(prefix + property.value()).replaceAll(""));
        property.group().ifPresent(line::setGroup);
        property.types().forEach(type -> line.getParameters().put("TYPE", clean(type)));
        property.parameters().forEach((name, value) -> {
            if (!isDataUri || !name.equals(MEDIATYPE)) {
                line.getParameters().put(name, clean(value));
            }
        });
        if (property.binary() && !isDataUri) {
            line.getParameters().put("ENCODING", "b");
        }
        return line;
    }

    private static String clean(String parameter) {
        return CONTROLS.matcher(parameter).replaceAll("");
    }
}
