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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.groupware.vcard.Card;
import io.jamesext.groupware.vcard.CardReader;
import io.jamesext.groupware.vcard.CardWriter;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.smime.Authorities;
import io.jamesext.ximss.smime.SecureReadings;
import io.jamesext.ximss.xml.Element;

/** Cards to XML and back, beside what the transcripts of contactAppend and messageAppend show. */
class CardElementsTest {
    private static Element read(String type, String body) throws IOException {
        byte[] message = ("Content-Type: " + type + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
        return EmailReader.read(new ByteArrayInputStream(message), message.length, new ReadingOptions("", 5_000_000, ZoneOffset.UTC,
                new SecureReadings(Authorities.ofJvm(), Clock.systemUTC()).begin(Optional.empty())))
            .elements("MIME").findFirst().orElseThrow();
    }

    private static Element value(String name, String text) {
        return Element.of(name, Map.of(), List.of(Element.text("VALUE", text)));
    }

    private static Element empty(String name) {
        return Element.of(name, Map.of(), List.of());
    }

    private static Element mime(Element card) {
        return Element.of("MIME", Map.of(), List.of(card));
    }

    private static Element vCard(Element... properties) {
        return Element.of("vCard", Map.of(), List.of(properties));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/x-vcard", "TEXT/vCard; charset=iso-8859-1", "text/directory", "text/directory; profile=VCARD"})
    void partsOfCardsShouldBeShownAsElements(String type) throws IOException {
        assertThat(read(type, "BEGIN:VCARD\r\nVERSION:2.1\r\nN:M\u00fcller;J\u00f6rg\r\nEND:VCARD\r\n").body()).containsExactly(
            vCard(value("VERSION", "3.0"), Element.of("N", Map.of(), List.of(Element.text("FAMILY", "Müller"),
                Element.text("GIVEN", "Jörg"), empty("MIDDLE"), empty("PREFIX"), empty("SUFFIX")))));
    }

    @ParameterizedTest
    @CsvSource({"text/directory; profile=person, false", "text/plain, false", "text/x-vcard, true", "text/x-vgroup, true"})
    void whatIsNoCardShouldBeShownAsText(String type, boolean isError) throws IOException {
        Element mime = read(type, "Hello\r\n");
        assertThat(mime.text()).isEqualTo("Hello\n");
        assertThat(mime.attribute("parseError").isPresent()).isEqualTo(isError);
    }

    @Test
    void tooMuchShouldBeShownAsTextToo() throws IOException {
        String card = "BEGIN:VCARD\n" + "A:b\n".repeat(30_000) + "END:VCARD\n";
        Element mime = read("text/x-vcard", card);
        assertThat(mime.text()).isEqualTo(card);
        assertThat(mime.attribute("parseError")).isPresent();
    }

    @Test
    void whatCouldNotBeReadAgainShouldBeRefused() {
        Element card = vCard(value("NOTE", ",".repeat(30_000)));
        assertThatThrownBy(() -> CardElements.text("x-vcard", mime(card))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> CardElements.item(CardElements.card(card), "a@example.org")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void whatNoElementCanSayShouldBeAnAttribute() {
        Card card = new CardReader().read("BEGIN:VCARD\nVERSION:3.0\nitem1.EMAIL;TYPE=VALUE,a b,WORK;LANGUAGE=de:x\n"
            + "ADR;TYPE=STREET:;;s\n1A:x\nEND:VCARD\n").get(0);
        Element shown = CardElements.of(card);
        Element email = shown.elements("EMAIL").findFirst().orElseThrow();
        assertThat(email.attributes()).isEqualTo(Map.of("group", "item1", "LANGUAGE", "de", "TYPE", "VALUE,a b"));
        assertThat(email.body()).containsExactly(Element.of("WORK", Map.of(), List.of()), Element.text("VALUE", "x"));
        Element address = shown.elements("ADR").findFirst().orElseThrow();
        assertThat(address.attribute("TYPE")).contains("STREET");
        assertThat(address.elements("STREET").map(Element::text)).containsExactly("s");
        // XML has no such name.
        assertThat(shown.elements()).hasSize(3);
        assertThat(CardElements.of(CardElements.card(shown))).isEqualTo(shown);
    }

    @Test
    void partsThatComeTwiceShouldLeaveTheOthersInTheirPlaces() {
        Card card = CardElements.card(vCard(Element.of("N", Map.of(), List.of(Element.text("GIVEN", "a"), Element.text("GIVEN", "b"),
            Element.text("SUFFIX", "c"))),
            Element.of("ORG", Map.of(), List.of(Element.text("ORGUNIT", "d"), Element.text("ORGUNIT", "e")))));
        assertThat(card.properties().get(0).texts()).containsExactly("", "a b", "", "", "c");
        assertThat(card.properties().get(1).texts()).containsExactly("", "d", "e");
    }

    /** In the form in which cards are shown, with all that is hard to write in a vCard. */
    private static Element random(Random random) {
        List<Element> properties = new ArrayList<>();
        properties.add(value("VERSION", random.nextBoolean() ? "3.0" : "4.0"));
        for (int i = random.nextInt(10); i >= 0; i--) {
            properties.add(switch (random.nextInt(5)) {
                case 0 -> property(random, "N", List.of("FAMILY", "GIVEN", "MIDDLE", "PREFIX", "SUFFIX"));
                case 1 -> property(random, "ADR", List.of("POBOX", "EXTADD", "STREET", "LOCALITY", "REGION", "PCODE", "CTRY"));
                case 2 -> property(random, "ORG", List.of("ORGNAME", "ORGUNIT", "ORGUNIT"));
                case 3 -> property(random, random.nextBoolean() ? "CATEGORIES" : "X-OTHER",
                    Collections.nCopies(1 + random.nextInt(3), "VALUE"));
                default -> property(random, List.of("FN", "NOTE", "EMAIL", "TEL", "X-FILE-AS", "MEMBER", "UID").get(random.nextInt(7)),
                    List.of("VALUE"));
            });
        }
        properties.add(Element.of("PHOTO", Map.of("MEDIATYPE", "image/png"),
            List.of(Element.text("BINVAL", "A".repeat(4 + random.nextInt(99))))));
        return Element.of(random.nextBoolean() ? "vCard" : "vCardGroup", Map.of(), properties);
    }

    private static Element property(Random random, String name, List<String> parts) {
        List<Element> body = new ArrayList<>();
        List.of("HOME", "X-1", "CELL").stream().filter(type -> random.nextInt(4) == 0).forEach(type -> body.add(empty(type)));
        Map<String, String> attributes = new LinkedHashMap<>();
        if (random.nextInt(4) == 0) {
            attributes.put("group", "item1");
        }
        if (random.nextInt(3) == 0) {
            attributes.put("CN", text(random));
        }
        parts.forEach(part -> body.add(Element.text(part, text(random))));
        return Element.of(name, attributes, body);
    }

    private static String text(Random random) {
        String[] pieces = {"a", "ü", "\ud83d\ude00", ";", ",", "\\", "\n", "\\n", ":", "=", "\"", "^", " ", "\t",
            "<", "&", "END:VCARD", "x".repeat(80)};
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.append("x").toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void cardsShouldComeBackAsTheyWere(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Element card = random(random);
            String text = CardWriter.write(List.of(CardElements.card(card)));
            try {
                assertThat(new CardReader().read(text).stream().map(CardElements::of)).containsExactly(card);
                String subtype = card.name().equals("vCard") ? "x-vcard" : "x-vgroup";
                String octets = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                assertThat(read("text/" + subtype + "; charset=utf-8", octets).body()).isEqualTo(List.of(card));
            } catch (RuntimeException | IOException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noElementShouldFailInAnotherWayThanTheProtocols(long seed) {
        Random random = new Random(seed);
        String[] names = {"vCard", "FN", "N", "ADR", "FAMILY", "VALUE", "BINVAL", "TYPE", "EXTVAL", "a.b", "ü",
            "VERSION", "UID", "PHOTO", "x:y", "BEGIN", "END"};
        for (int i = 0; i < 5_000; i++) {
            Element element = Element.of("vCard", Map.of(), List.of(hostile(random, names, 3), hostile(random, names, 3)));
            try {
                String text = CardElements.text("x-vcard", mime(element));
                assertThat(new CardReader().read(text)).hasSize(1);
            } catch (ProtocolException e) {
                assertThat(e.failure()).isEqualTo(Failure.SYNTAX);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + element, e);
            }
        }
    }

    private static Element hostile(Random random, String[] names, int depth) {
        List<Element> body = new ArrayList<>();
        for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
            body.add(hostile(random, names, depth - 1 - random.nextInt(depth)));
        }
        String name = names[random.nextInt(names.length)];
        Map<String, String> attributes = random.nextInt(4) == 0 ? Map.of(names[random.nextInt(names.length)], text(random)) : Map.of();
        return body.isEmpty() && random.nextBoolean() ? Element.of(name, attributes, Element.text(name, text(random)).body())
            : Element.of(name, attributes, body);
    }
}
