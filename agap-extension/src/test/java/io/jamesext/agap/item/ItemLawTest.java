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
package io.jamesext.agap.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.core.Username;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.message.Message;

/** What STOR took, RETR gives back. */
class ItemLawTest {
    private static final Username ALICE = Username.of("alice@example.org");
    private static final int RUNS = 250;
    private static final Set<String> CONTENT_HEADERS = Set.of("content-type", "content-transfer-encoding", "content-disposition",
        "mime-version");
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([A-Za-z0-9-]+)");

    /** The type of folder that takes it. */
    static FolderType folder(Root root) {
        return switch (root) {
            case VEVENT, VALARM -> FolderType.CALE;
            case VTODO -> FolderType.TASK;
            case VJOURNAL -> FolderType.JRNL;
            case CONFIGURATION -> FolderType.CONF;
            case VCARD -> FolderType.ADDR;
            case FILE -> FolderType.FILE;
            case FILTER -> FolderType.FILT;
            case MESSAGE -> FolderType.MESG;
            case NOTE -> FolderType.NOTE;
        };
    }

    private static Item stored(String xml, Root root) throws Exception {
        byte[] message = ItemReader.message(xml, folder(root), ALICE, Instant.EPOCH);
        Callable<InputStream> source = () -> new ByteArrayInputStream(message);
        return root == Root.MESSAGE ? Message.read(source) : StoredItem.read(source, folder(root));
    }

    private static XmlElement retrieved(Item item) {
        List<String> lines = item.xml().collectList().block();
        assertThat(lines).allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 1021));
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("\n", "\r"));
        return XmlReader.read(new StringReader(String.join("\n", lines)));
    }

    @ParameterizedTest
    @EnumSource(Root.class)
    void whatIsStoredShouldComeBack(Root root) throws Exception {
        for (long seed = 0; seed < RUNS; seed++) {
            RandomItems random = new RandomItems(seed);
            XmlElement item = random.item(root);
            String xml = random.written(item);
            assertThat(XmlReader.read(new StringReader(xml))).as("seed %d", seed).isEqualTo(item);
            XmlElement back = retrieved(stored(xml, root));
            if (root == Root.MESSAGE) {
                shouldBeTheSameMessage("seed " + seed, item, back);
            } else {
                shouldBeTheSame("seed " + seed, item, back);
            }
        }
    }

    /** What RETR gives can be stored again, and then nothing changes any more. */
    @ParameterizedTest
    @EnumSource(Root.class)
    void whatComesBackShouldBeStorable(Root root) throws Exception {
        for (long seed = 0; seed < RUNS / 5; seed++) {
            RandomItems random = new RandomItems(seed);
            List<String> once = stored(random.written(random.item(root)), root).xml().collectList().block();
            List<String> twice = stored(String.join("\n", once), root).xml().collectList().block();
            assertThat(twice).as("seed %d", seed).isEqualTo(once);
        }
    }

    static void shouldBeTheSame(String seed, XmlElement sent, XmlElement back) {
        assertThat(back.name()).as(seed).isEqualTo(sent.name());
        assertThat(without(back)).as(seed).isEqualTo(without(sent));
        assertThat(back.children()).as(seed).hasSameSizeAs(sent.children());
        for (int i = 0; i < sent.children().size(); i++) {
            shouldBeTheSame(seed, sent.children().get(i), back.children().get(i));
        }
        boolean isContent = sent.name().equals("CONTENT") && sent.attributes().isEmpty() && back.isBase64();
        assertThat(back.octets()).as(seed).isEqualTo(isContent ? Base64Text.octets(sent.text()) : sent.octets());
        if (sent.isLeaf() && isPlain(sent.text()) && !sent.name().equals("CONTENT")) {
            assertThat(back).as(seed).isEqualTo(sent);
        }
    }

    /** Lines that fit the protocol need no base64. */
    private static boolean isPlain(String text) {
        return text.indexOf('\r') < 0 && text.lines().allMatch(line -> line.length() < 100) && text.length() < 300;
    }

    private static Map<String, String> without(XmlElement element) {
        Map<String, String> attributes = new HashMap<>(element.attributes());
        attributes.remove(XmlElement.ENCODED);
        return attributes;
    }

    private static void shouldBeTheSameMessage(String seed, XmlElement sent, XmlElement back) {
        shouldHaveTheSameHeaders(seed, sent, back);
        for (String name : List.of("TEXT", "HTML")) {
            Optional<String> text = sent.first(name).flatMap(XmlElement::decoded).map(ItemLawTest::unix);
            Optional<String> given = back.first(name).flatMap(XmlElement::decoded).map(ItemLawTest::unix);
            boolean isEmpty = sent.children().size() == 1 && name.equals("TEXT");
            assertThat(given).as(seed + name).isEqualTo(isEmpty ? Optional.of("") : text);
        }
        assertThat(back.children().stream().filter(child -> child.name().startsWith("ATT")).map(XmlElement::name)).as(seed)
            .isEqualTo(sent.children().stream().filter(child -> child.name().startsWith("ATT")).map(XmlElement::name).toList());
        sent.children().stream().filter(child -> child.name().startsWith("ATT")).forEach(attachment -> {
            XmlElement given = back.first(attachment.name()).orElseThrow();
            shouldHaveTheSameHeaders(seed, attachment, given);
            assertThat(body(given)).as(seed).isEqualTo(body(attachment, given));
        });
    }

    private static String unix(String text) {
        return text.replace("\r\n", "\n");
    }

    private static String type(XmlElement attachment) {
        return values(attachment.first("HEADER").orElseThrow()).getOrDefault("content-type", List.of("text/plain")).get(0);
    }

    /** What came back, as a text where it is one, and as Latin-1 otherwise. */
    private static String body(XmlElement given) {
        return text(given.first("BODY").orElseThrow(), type(given), given);
    }

    private static String body(XmlElement sent, XmlElement given) {
        return text(sent.first("BODY").orElseThrow(), type(given), given);
    }

    private static String text(XmlElement body, String type, XmlElement given) {
        if (!type.startsWith("text/") && !type.startsWith("message/")) {
            return new String(body.octets(), StandardCharsets.ISO_8859_1);
        }
        Matcher charset = CHARSET.matcher(type);
        Charset named = charset.find() && Charset.isSupported(charset.group(1)) ? Charset.forName(charset.group(1))
            : StandardCharsets.UTF_8;
        String text = body.isBase64() ? new String(body.octets(), named) : body.text();
        String latin = body.isBase64() ? new String(body.octets(), StandardCharsets.ISO_8859_1) : text;
        // What is no UTF-8 is read as Latin-1.
        return unix(text.indexOf('\uFFFD') >= 0 || given.first("BODY").orElseThrow().text().equals(latin) ? latin : text);
    }

    private static void shouldHaveTheSameHeaders(String seed, XmlElement sent, XmlElement back) {
        Map<String, List<String>> values = values(back.first("HEADER").orElseThrow());
        values(sent.first("HEADER").orElseThrow()).forEach((name, expected) -> {
            if (!CONTENT_HEADERS.contains(name)) {
                assertThat(values.get(name)).as(seed + name).isEqualTo(expected);
            } else {
                assertThat(values.get(name)).as(seed + name).hasSize(1);
            }
        });
    }

    /** By names in small letters, without line breaks. */
    private static Map<String, List<String>> values(XmlElement header) {
        Map<String, List<String>> values = new HashMap<>();
        header.children().forEach(field -> (field.isLeaf() ? List.of(field) : field.children()).forEach(value ->
            values.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>()).add(value.decoded().orElseThrow()
                .replace("\r\n", "\n").strip().replaceAll("\n(?=[ \t])", "").replaceAll("[\\p{Cntrl}&&[^\\t]]+", " ").strip())));
        return values;
    }
}
