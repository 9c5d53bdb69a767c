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

package io.jamesext.urlauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImapUrlTest {
    private static final long SEED = 20_260_101L;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        // url | mailbox | uidvalidity | uid | section | offset | length
        "/Drafts;UIDVALIDITY=385759045/;UID=20/;section=HEADER | Drafts | 385759045 | 20 | HEADER | - | -",
        "/Drafts;UIDVALIDITY=385759045/;UID=20/;Section=2.MIME | Drafts | 385759045 | 20 | 2.MIME | - | -",
        "/INBOX;UIDVALIDITY=785799047/;UID=113330;section=1.5.9 | INBOX | 785799047 | 113330 | 1.5.9 | - | -",
        "/INBOX/;uid=20 | INBOX | - | 20 | - | - | -",
        "/INBOX;uid=20 | INBOX | - | 20 | - | - | -",
        "/a/b.c/;UID=1/;SECTION=TEXT/;PARTIAL=0.1024 | a/b.c | - | 1 | TEXT | 0 | 1024",
        "/a/;UID=1/;PARTIAL=7 | a | - | 1 | - | 7 | -",
        "/a/;UID=1;PARTIAL=7 | a | - | 1 | - | 7 | -",
        "/%E6%97%A5%E6%9C%AC/;UID=4294967295 | 日本 | - | 4294967295 | - | - | -",
        "/gray%20council/;UID=2/;SECTION=1.HEADER.FIELDS%20(Subject%20To) | gray council | - | 2 | 1.HEADER.FIELDS | - | -"
    })
    void messageUrlsShouldBeRead(ArgumentsAccessor row) {
        String url = row.getString(0);
        Long validity = row.getLong(2);
        ImapUrl read = ImapUrl.parse(url);
        assertThat(read.original()).isEqualTo(url);
        assertThat(read.isServerRelative()).isTrue();
        assertThat(read.mailbox()).contains(new MailboxReference(row.getString(1),
            validity == null ? OptionalLong.empty() : OptionalLong.of(validity), Optional.empty()));
        MessagePart part = read.part().orElseThrow();
        assertThat(part.uid()).isEqualTo(row.getLong(3));
        assertThat(part.section().map(ImapUrlTest::text)).isEqualTo(Optional.ofNullable(row.getString(4)));
        assertThat(part.partial().map(PartialRange::offset)).isEqualTo(Optional.ofNullable(row.getLong(5)));
        assertThat(part.partial().flatMap(range -> range.length().isPresent() ? Optional.of(range.length().getAsLong()) : Optional.empty()))
            .isEqualTo(Optional.ofNullable(row.getLong(6)));
    }

    @Test
    void absoluteUrlShouldHaveItsServer() {
        ImapUrl url = ImapUrl.parse("imap://michael;AUTH=*@[::1]:143/INBOX/;UID=20/;section=1.2");
        assertThat(url.authority()).contains(new Authority(Optional.of("michael"), Optional.of("*"), "[::1]", OptionalInt.of(143)));
        assertThat(ImapUrl.parse("imap://;AUTH=GSSAPI@minbari.example.org/gray-council/;uid=20").authority())
            .contains(new Authority(Optional.empty(), Optional.of("GSSAPI"), "minbari.example.org", OptionalInt.empty()));
        assertThat(ImapUrl.parse("imap://psicorp.example.org").mailbox()).isEmpty();
        assertThat(ImapUrl.parse("imap://psicorp.example.org/").mailbox()).isEmpty();
    }

    @Test
    void searchUrlShouldNameNoMessage() {
        ImapUrl url = ImapUrl.parse("imap://;AUTH=*@minbari.example.org/gray%20council?SUBJECT%20shadows");
        assertThat(url.mailbox()).contains(new MailboxReference("gray council", OptionalLong.empty(), Optional.of("SUBJECT shadows")));
        assertThat(url.part()).isEmpty();
    }

    @Test
    void authorizedUrlShouldKeepItsRumpByteByByte() {
        String rump = "imap://Joe@Example.com/INBOX/;uid=20/;section=1.2;expire=2026-01-02T03:04:05.5+01:00;URLAUTH=SUBMIT+fr%65d";
        ImapUrl url = ImapUrl.parse(rump + ":internal:91354a473744909de610943775f92038");
        Authorization authorization = url.authorization().orElseThrow();
        assertThat(authorization.rump()).isEqualTo(rump);
        assertThat(authorization.expire()).contains("2026-01-02T03:04:05.5+01:00");
        assertThat(authorization.access()).isEqualTo("SUBMIT+fred");
        assertThat(authorization.verifier()).contains(new Authorization.Verifier("internal", "91354a473744909de610943775f92038"));
        assertThat(url.toString()).doesNotContain("91354a473744909de610943775f92038");
        assertThat(ImapUrl.parse(rump).authorization().orElseThrow().verifier()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "INBOX/;UID=1", ";UID=20", "..;UIDVALIDITY=1/;UID=2", "//host/INBOX/;UID=1", "http://host/INBOX/;UID=1",
        "///INBOX/;UID=1", "imap://", "imap:///INBOX", "imap://@/INBOX", "imap://u@host:x/INBOX", "imap://u@host:65536/INBOX",
        "imap://a b/INBOX", "/INBOX/;UID=0", "/INBOX/;UID=01", "/INBOX/;UID=4294967296", "/INBOX/;UID=", "/INBOX/;UID=1x", "/INBOX/;UID=-1",
        "/INBOX/;UID=99999999999999999999", "/;UID=1", "//;UID=1", "/INBOX;UIDVALIDITY=0/;UID=1", "/INBOX;UIDVALIDITY=/;UID=1",
        "/INBOX/;UID=1/;SECTION=", "/INBOX/;UID=1/;SECTION=0", "/INBOX/;UID=1/;SECTION=1..2", "/INBOX/;UID=1/;SECTION=1.",
        "/INBOX/;UID=1/;SECTION=MIME", "/INBOX/;UID=1/;SECTION=HEADER.FIELDS", "/INBOX/;UID=1/;SECTION=HEADER.FIELDS%20()",
        "/INBOX/;UID=1/;SECTION=HEADER.FIELDS%20(a:b)", "/INBOX/;UID=1/;PARTIAL=",
        "/INBOX/;UID=1/;PARTIAL=1.0", "/INBOX/;UID=1/;PARTIAL=1.2.3",
        "/INBOX/;UID=1/;PARTIAL=1/;SECTION=1", "/INBOX/;UID=1;UID=2", "/IN%BOX/;UID=1", "/IN%4/;UID=1",
        "/IN%00BOX/;UID=1", "/IN%C3BOX/;UID=1",
        "/IN\r\nBOX/;UID=1", "/IN BOX/;UID=1", "/IN\"BOX/;UID=1", "/IN]BOX/;UID=1", "/日本/;UID=1", "/INBOX/;UID=1/..", "/INBOX/;UID=1?ALL",
        "/INBOX/;UID=1;EXPIRE=2026-01-02T03:04:05Z", "/INBOX/;UID=1;URLAUTH=user+", "/INBOX/;UID=1;URLAUTH=anonymous:internal",
        "/INBOX/;UID=1;URLAUTH=anonymous:internal:12", "/INBOX/;UID=1;EXPIRE=tomorrow;URLAUTH=anonymous"})
    void malformedUrlShouldFail(String url) {
        assertThatThrownBy(() -> ImapUrl.parse(url)).isInstanceOf(BadUrlException.class);
    }

    @Test
    void overlongUrlShouldFail() {
        assertThatThrownBy(() -> ImapUrl.parse("/" + "a".repeat(ImapUrl.MAX_LENGTH) + "/;UID=1")).isInstanceOf(BadUrlException.class);
        assertThatThrownBy(() -> ImapUrl.parse("/a/;UID=1/;SECTION=" + "1.".repeat(Section.MAX_DEPTH) + "1"))
            .isInstanceOf(BadUrlException.class);
    }

    @Test
    void writtenUrlShouldReadBackEqual() {
        Random random = new Random(SEED);
        for (int run = 0; run < 5000; run++) {
            MailboxReference mailbox = new MailboxReference(randomName(random),
                random.nextBoolean() ? OptionalLong.of(1 + random.nextInt(Integer.MAX_VALUE - 1)) : OptionalLong.empty(), Optional.empty());
            MessagePart part = new MessagePart(1 + random.nextInt(1000),
                random.nextBoolean() ? Optional.of(randomSection(random)) : Optional.empty(),
                random.nextBoolean() ? Optional.of(randomRange(random)) : Optional.empty());
            String url = write(mailbox, part);
            ImapUrl read = ImapUrl.parse(url);
            assertThat(read).as("seed %d, run %d: %s", SEED, run, url).isEqualTo(
                new ImapUrl(url, Optional.empty(), Optional.of(mailbox), Optional.of(part), Optional.empty()));
        }
    }

    @Test
    void anyCharactersShouldBeReadOrRefusedWithOurOwnFailure() {
        Random random = new Random(SEED);
        String[] seeds = {
            "imap://joe;AUTH=*@host:143/INBOX;UIDVALIDITY=1/;UID=2/;SECTION=1.HEADER/;PARTIAL=3.4;EXPIRE=2026-01-02T03:04:05Z",
            "/INBOX;UIDVALIDITY=1/;UID=2/;SECTION=1.HEADER.FIELDS%20(a%20b);URLAUTH=user+joe:INTERNAL:91354a473744909de610943775f92038"};
        for (int run = 0; run < 100_000; run++) {
            byte[] octets = seeds[run % 2].getBytes(StandardCharsets.ISO_8859_1).clone();
            for (int change = random.nextInt(6); change >= 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            if (run % 3 == 0) {
                octets = new byte[random.nextInt(60)];
                random.nextBytes(octets);
            }
            String url = new String(octets, StandardCharsets.ISO_8859_1).substring(0, random.nextInt(octets.length + 1));
            try {
                assertThat(ImapUrl.parse(url).original()).isEqualTo(url);
            } catch (BadUrlException expected) {
                assertThat(expected).as("seed %d, run %d", SEED, run).hasMessageNotContaining("INBOX");
            }
        }
    }

    private static String text(Section section) {
        String numbers = String.join(".", section.path().stream().map(String::valueOf).toList());
        String kind = section.kind() == Section.Kind.CONTENT ? "" : section.kind().name().replace('_', '.');
        return numbers + (numbers.isEmpty() || kind.isEmpty() ? "" : ".") + kind;
    }

    private static PartialRange randomRange(Random random) {
        return new PartialRange(random.nextInt(99), OptionalLong.of(1 + random.nextInt(99)));
    }

    private static Section randomSection(Random random) {
        List<Integer> path = random.ints(1 + random.nextInt(4), 1, 30).boxed().toList();
        Section.Kind kind = Section.Kind.values()[random.nextInt(Section.Kind.values().length)];
        boolean fields = kind == Section.Kind.HEADER_FIELDS || kind == Section.Kind.HEADER_FIELDS_NOT;
        return new Section(path, kind, fields ? List.of("Subject", "X-" + random.nextInt(9)) : List.of());
    }

    private static String randomName(Random random) {
        String letters = "abcXYZ019-._~ &=:@/;?#%\"]é日\uD83D\uDCE7";
        StringBuilder name = new StringBuilder("n");
        for (int i = random.nextInt(12); i > 0; i--) {
            int letter = random.nextInt(letters.codePointCount(0, letters.length()));
            name.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, letter)));
        }
        // A slash at the end would be the one of "/;UID=".
        return name.append("z").toString();
    }

    private static String write(MailboxReference mailbox, MessagePart part) {
        StringBuilder url = new StringBuilder("/").append(percent(mailbox.name()));
        mailbox.uidValidity().ifPresent(validity -> url.append(";UIDVALIDITY=").append(validity));
        url.append("/;UID=").append(part.uid());
        part.section().ifPresent(section -> url.append("/;SECTION=").append(percent(text(section)
            + (section.fields().isEmpty() ? "" : " (" + String.join(" ", section.fields()) + ")"))));
        part.partial().ifPresent(range -> url.append("/;PARTIAL=").append(range.offset()).append('.').append(range.length().getAsLong()));
        return url.toString();
    }

    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~&=:@/".indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append(String.format("%%%02X", octet & 0xFF));
            }
        }
        return encoded.toString();
    }
}
