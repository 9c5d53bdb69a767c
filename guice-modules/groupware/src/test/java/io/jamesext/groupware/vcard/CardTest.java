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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.ProtocolException;

class CardTest {
    private static List<Card> read(String text) {
        return new CardReader().read(text);
    }

    private static Card only(String text) {
        List<Card> cards = read(text);
        assertThat(cards).hasSize(1);
        return cards.get(0);
    }

    private static Card card(CardProperty... properties) {
        return Card.of(Card.Kind.CONTACT, Card.Version.V3, List.of(properties));
    }

    /** RFC 2426 section 7, the author's own card. */
    @Test
    void cardOfRfc2426ShouldBeRead() {
        Card card = only("""
            BEGIN:vCard
            VERSION:3.0
            FN:Frank Dawson
            ORG:Lotus Development Corporation
            ADR;TYPE=WORK,POSTAL,PARCEL:;;6544 Battleford Drive
             ;Raleigh;NC;27613-3502;U.S.A.
            TEL;TYPE=VOICE,MSG,WORK:+1-919-676-9515
            EMAIL;TYPE=INTERNET,PREF:Frank_Dawson@Lotus.com
            URL:http://home.earthlink.net/~fdawson
            END:vCard
            """);
        assertThat(card.version()).isEqualTo(Card.Version.V3);
        assertThat(card.properties()).extracting(CardProperty::name).containsExactly("FN", "ORG", "ADR", "TEL", "EMAIL", "URL");
        CardProperty address = card.properties().get(2);
        assertThat(address.types()).containsExactly("WORK", "POSTAL", "PARCEL");
        assertThat(address.texts()).containsExactly("", "", "6544 Battleford Drive", "Raleigh", "NC", "27613-3502", "U.S.A.");
        assertThat(card.displayName()).isEqualTo("Frank Dawson");
    }

    @Test
    void cardOfVersion21ShouldBecomeOneOf30() {
        Card card = only("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg\r\n"
            + "TEL;HOME;VOICE:1\r\nPHOTO;ENCODING=BASE64;JPEG:\r\n AAAA\r\n BBBB\r\n\r\nURL;URL:http://a.example/;x\r\n"
            + "NOTE;QUOTED-PRINTABLE:one=0D=0A=\r\ntwo\r\nEND:VCARD\r\n");
        assertThat(card.version()).isEqualTo(Card.Version.V3);
        assertThat(card.properties().get(0)).isEqualTo(new CardProperty(Optional.empty(), "N", ImmutableList.of(), ImmutableMap.of(),
            "Müller;Jörg", false));
        assertThat(card.properties().get(1).types()).containsExactly("HOME", "VOICE");
        assertThat(card.properties().get(2)).isEqualTo(new CardProperty(Optional.empty(), "PHOTO", ImmutableList.of("JPEG"),
            ImmutableMap.of(), "AAAABBBB", true));
        assertThat(card.properties().get(3).texts()).containsExactly("http://a.example/;x");
        assertThat(card.properties().get(4).texts().get(0)).matches("one\\r?\\ntwo");
        assertThat(CardWriter.write(List.of(card))).contains("\r\nVERSION:3.0\r\nN:Müller;Jörg\r\nTEL;TYPE=HOME,VOICE:1\r\n"
            + "PHOTO;TYPE=JPEG;ENCODING=b:AAAABBBB\r\n").contains("\r\nNOTE:one\\ntwo\r\n");
    }

    @Test
    void photosOfVersion4ShouldBeDataUris() {
        String text = "BEGIN:VCARD\r\nVERSION:4.0\r\nPHOTO:data:image/png;base64,AAAA\r\nTEL;VALUE=uri;TYPE=\"voice,home\":tel:+1;ext=5\r\n"
            + "END:VCARD\r\n";
        Card card = only(text);
        assertThat(card.properties().get(0)).isEqualTo(new CardProperty(Optional.empty(), "PHOTO", ImmutableList.of(),
            ImmutableMap.of("MEDIATYPE", "image/png"), "AAAA", true));
        assertThat(card.properties().get(1).types()).containsExactly("voice", "home");
        assertThat(card.properties().get(1).texts()).containsExactly("tel:+1;ext=5");
        assertThat(CardWriter.write(List.of(card))).contains("PHOTO:data:image/png;base64,AAAA\r\n")
            .contains("TEL;TYPE=voice,home;VALUE=uri:tel:+1;ext=5\r\n");
    }

    @Test
    void severalCardsGroupsAndBrokenOnesShouldBeReadOneByOne() {
        List<Card> cards = read("noise\nBEGIN:VCARD\nVERSION:3.0\nFN:a\nEND:VCARD\nFN:between\nBEGIN:VGROUP\nFN:b\nMEMBER;CN=\"x;y\":c@d\n"
            + "END:VGROUP\nBEGIN:VEVENT\nFN:no\nEND:VEVENT\nBEGIN:VCARD\nVERSION:2.1\nAGENT:\nBEGIN:VCARD\nFN:inner\nEND:VCARD\nFN:e\n"
            + "no colon\n:no name\nPHOTO;ENCODING=b:***\nX_Y:no name either\n");
        assertThat(cards).extracting(Card::kind).containsExactly(Card.Kind.CONTACT, Card.Kind.GROUP, Card.Kind.CONTACT);
        assertThat(cards).extracting(Card::displayName).containsExactly("a", "b", "e");
        assertThat(cards.get(1).properties().get(1).parameters()).containsExactly(Map.entry("CN", "x;y"));
        assertThat(cards.get(2).properties()).extracting(CardProperty::name).doesNotContain("PHOTO", "X_Y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"NOTE|a, b; c|a\\, b\\; c", "X-FILE-AS|Doe, Jane|Doe\\, Jane",
        "URL|http://a/?b;c,d|http://a/?b;c,d",
        "NOTE|back\\slash|back\\\\slash"})
    void textsShouldBeEscapedWhereTheyAreTexts(String name, String text, String written) {
        assertThat(CardWriter.write(List.of(card(CardProperty.text(name, text))))).contains("\r\n" + name + ":" + written + "\r\n");
    }

    @Test
    void completedCardShouldHaveWhatItsVersionAsksFor() {
        Card card = card(CardProperty.text("N", "Doe", "Jane", "", "", ""), CardProperty.text("UID", " ")).completed();
        assertThat(card.lines("FN")).containsExactly("Jane Doe");
        assertThat(card.uid().orElseThrow()).hasSize(36);
        assertThat(card.completed()).isEqualTo(card);
        assertThat(Card.of(Card.Kind.CONTACT, Card.Version.V4, List.of(CardProperty.text("FN", "a"))).completed().all("N")).isEmpty();
        assertThat(card(CardProperty.text("EMAIL", "a@b")).completed().lines("FN")).containsExactly("a@b");
    }

    /** A card as hostile as a vCard can express. */
    private static Card random(Random random) {
        String[] pieces = {"a", "ü", "\ud83d\ude00", ";", ",", "\\", "\n", "\\n", ":", "=", "\"", "^", "^n", " ", "\t",
            "BEGIN:VCARD", "END:VCARD", "'", "data:x;base64,", "x".repeat(80)};
        List<CardProperty> properties = new ArrayList<>();
        String[] names = {"N", "ADR", "ORG", "FN", "NOTE", "EMAIL", "CATEGORIES", "NICKNAME", "X-FOO", "UID", "GEO", "TEL"};
        for (int i = random.nextInt(12); i >= 0; i--) {
            List<String> texts = new ArrayList<>();
            String name = names[random.nextInt(names.length)];
            // What is empty at the end of a list or a structure is not written.
            for (int j = List.of("FN", "NOTE", "EMAIL", "UID", "GEO", "TEL").contains(name) ? 0 : random.nextInt(4); j >= 0; j--) {
                texts.add("x" + text(random, pieces) + "x");
            }
            Map<String, String> parameters = new HashMap<>();
            for (int j = random.nextInt(3); j > 0; j--) {
                parameters.put("P" + j, text(random, pieces));
            }
            CardProperty property = CardProperty.of(name, random.nextBoolean() ? List.of() : List.of("HOME", "X-" + i), parameters, texts);
            assertThat(property.texts()).isEqualTo(texts);
            properties.add(new CardProperty(random.nextBoolean() ? Optional.empty() : Optional.of("item" + i), name, property.types(),
                property.parameters(), property.value(), false));
        }
        Card.Version version = random.nextBoolean() ? Card.Version.V3 : Card.Version.V4;
        properties.add(new CardProperty(Optional.empty(), "PHOTO", ImmutableList.of(), ImmutableMap.of("MEDIATYPE", "image/png"),
            "AAAA".repeat(random.nextInt(60)), true));
        return Card.of(random.nextBoolean() ? Card.Kind.CONTACT : Card.Kind.GROUP, version, properties);
    }

    private static String text(Random random, String[] pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void cardsShouldComeBackAsTheyWere(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            List<Card> cards = List.of(random(random), random(random));
            String text = CardWriter.write(cards);
            try {
                assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThan(200);
                assertThat(texts(read(text))).isEqualTo(texts(cards));
                assertThat(CardWriter.write(read(text))).isEqualTo(text);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }

    /** What the values say: a line feed is written in another way than it was read. */
    private static List<List<List<Object>>> texts(List<Card> cards) {
        return cards.stream().map(card -> card.properties().stream().map(property -> List.<Object>of(card.kind(), card.version(),
            property.group(), property.name(), property.types(), property.parameters(), property.texts(), property.binary())).toList())
            .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noTextShouldBeUnreadable(long seed) {
        Random random = new Random(seed);
        String[] pieces = {"BEGIN:VCARD", "END:VCARD", "BEGIN:VGROUP", "BEGIN:", "VERSION:2.1", "VERSION:3.0", "VERSION:4.0", "\n",
            "\r\n", "\r", "N:", "NOTE;", "ENCODING=QUOTED-PRINTABLE:", "=", "=C3", "=\r\n", "CHARSET=x:", "CHARSET=", "ENCODING=b:",
            ";", ",", ":", "\"", "^", "\\", " ", "\t", "item1.", ".", "TYPE=", "\0", "\u00e9", "\ud800", "data:;base64,", "AAAA"};
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "BEGIN:VCARD\n" : "");
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                List<Card> cards = read(text.toString());
                cards.forEach(card -> card.completed().properties().forEach(CardProperty::texts));
                String written = CardWriter.write(cards);
                assertThat(texts(read(written))).isEqualTo(texts(read(CardWriter.write(read(written)))));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A:b\n", ";", ",", "BEGIN:VCARD\n", "FN;A:b\n"})
    void tooMuchShouldBeRefusedBeforeItIsRead(String piece) {
        String text = "BEGIN:VCARD\nX-A" + piece.repeat(4_000_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> read(text)).isInstanceOf(ProtocolException.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=", "\"", "^", "\\", "\n ", ":", "=3D", " "})
    void longValuesShouldTakeNoMoreThanTheirLengthInTime(String piece) {
        String text = "BEGIN:VCARD\nVERSION:2.1\nNOTE;ENCODING=QUOTED-PRINTABLE:" + piece.repeat(1_000_000 / piece.length())
            + "\nFN:x\nEND:VCARD\n";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> CardWriter.write(read(text)));
    }

    /** As many pieces as are let in, and as much text as XIMSS gives a reader. */
    @ParameterizedTest
    @ValueSource(strings = {"BEGIN:A\n", "BEGIN:VCARD\n", "BEGIN:VCARD\nEND:B\n", "BEGIN:A\nEND:A\n", "VERSION:2.1\n",
        "FN:VALUE\n", ";A=VALUE", ";TYPE=VALUE", ";VALUE", "X-A:VALUE;", "N:VALUE\n VALUE\n", "EMAIL:VALUE\n"})
    void manyPiecesShouldTakeNoMoreThanTheirLengthInTime(String piece) {
        String full = piece.replace("VALUE", "x".repeat(200));
        String text = "BEGIN:VCARD\nVERSION:3.0\nX-A" + full.repeat(18_000
            / (int) piece.chars().filter(c -> ";,\n".indexOf(c) >= 0).count());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> CardWriter.write(read(text).stream().map(Card::completed).toList()));
    }

    @Test
    void limitShouldBeForAllThatIsReadTogether() {
        CardReader reader = new CardReader();
        String text = "BEGIN:VCARD\n" + "FN:x\n".repeat(9_000) + "END:VCARD\n";
        assertThat(reader.read(text)).hasSize(1);
        assertThat(reader.read(text)).hasSize(1);
        assertThatThrownBy(() -> reader.read(text)).isInstanceOf(ProtocolException.class);
        // A photo is one line, however it is folded.
        assertThat(read("BEGIN:VCARD\nPHOTO;ENCODING=b:" + "\n AAAA".repeat(50_000) + "\nEND:VCARD\n").get(0).properties().get(0).value())
            .hasSize(200_000);
    }
}
