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
package io.jamesext.groupware.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.ProtocolException;

/** Text, as others write it and as we do, and the messages that hold it. */
class CalendarReaderTest {
    private static CalendarComponent event(String lines) {
        return CalendarReader.read("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + lines + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").orElseThrow()
            .components().get(0);
    }

    @Test
    void foldedLinesShouldBeOne() {
        assertThat(event("SUMMARY:a long\r\n  li\r\n\tne").text("SUMMARY")).contains("a long line");
    }

    @Test
    void parametersShouldBeReadInQuotes() {
        CalendarProperty attendee = event("attendee;CN=\"Doe; John: Dr.\";x=a^'b:mailto:a@b:c").first("ATTENDEE").orElseThrow();
        assertThat(attendee.parameters()).isEqualTo(ImmutableMap.of("CN", "Doe; John: Dr.", "X", "a\"b"));
        assertThat(attendee.value()).isEqualTo("mailto:a@b:c");
    }

    @Test
    void textsShouldLoseTheirBackslashes() {
        CalendarComponent event = event("SUMMARY:a\\, b\\; c\\\\ \\n d\\\r\nCATEGORIES:x,y\\,z");
        assertThat(event.text("SUMMARY")).contains("a, b; c\\ \n d\\");
        assertThat(event.first("CATEGORIES").orElseThrow().texts()).containsExactly("x", "y,z");
    }

    @Test
    void brokenLinesShouldBeLeftOut() {
        CalendarComponent event = event("no colon\r\n:\r\n;:\r\n1X:a\r\nA;B:c\r\nA;\"\r\nEND:VTODO\r\nSUMMARY:stays");
        assertThat(event.properties()).containsExactly(CalendarProperty.raw("SUMMARY", "stays"));
    }

    @Test
    void openComponentsShouldEndWithTheText() {
        assertThat(CalendarReader.read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1").flatMap(CalendarEntry::of).map(CalendarEntry::uid))
            .contains("1");
        assertThat(CalendarReader.read("BEGIN:VEVENT\nUID:1\nEND:VEVENT")).isEmpty();
        assertThat(CalendarReader.read("")).isEmpty();
    }

    @Test
    void bigTextsShouldBeRefused() {
        List.of("BEGIN:VALARM\n".repeat(2000), "BEGIN:VALARM\nEND:VALARM\n".repeat(2000), "X:1\n".repeat(20_000),
                "X:" + Strings.repeat("x", CalendarReader.MAX_CHARACTERS))
            .forEach(text -> assertThatThrownBy(() -> CalendarReader.read("BEGIN:VCALENDAR\n" + text))
                .isInstanceOf(ProtocolException.class));
    }

    @Test
    void whatIsWrittenShouldBeReadAgain() {
        Random random = new Random(5545);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(200), 0, 0x2FF).forEach(c -> text.append(Character.isISOControl(c) ? ' ' : (char) c));
            CalendarComponent calendar = CalendarComponent.calendar(List.of(CalendarComponent.of("VEVENT", List.of(
                CalendarProperty.text("SUMMARY", text + "\n" + text),
                CalendarProperty.raw("ATTENDEE", "mailto:a@example.org").with("CN", text.toString())
                    .with("MEMBER", "mailto:b@example.org,mailto:c@example.org")), List.of())));
            String written = CalendarWriter.write(calendar);
            assertThat(CalendarReader.read(written)).as("seed 5545, round %d", i).contains(calendar);
            assertThat(written.lines().mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length).max().orElseThrow())
                .isLessThanOrEqualTo(75);
        }
    }

    @Test
    void nothingShouldBeginALineOfItsOwn() {
        assertThatThrownBy(() -> CalendarProperty.raw("X", "a\r\nATTENDEE:b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CalendarProperty.raw("X", "a").with("CN", "b\nc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CalendarProperty.raw("X:Y", "a")).isInstanceOf(IllegalArgumentException.class);
        CalendarMessage message = new CalendarMessage("id\r\nBcc: x@example.org", "a@example.org", List.of(), "s\r\nBcc: x@example.org",
            CalendarComponent.calendar(List.of()).with(CalendarProperty.raw("METHOD", "REQUEST; x=y")));
        assertThat(new String(message.octets(Instant.EPOCH), StandardCharsets.UTF_8)).doesNotContain("\nBcc").doesNotContain("x=y;");
    }

    @Test
    void messagesShouldHoldCalendars() throws Exception {
        CalendarComponent calendar = CalendarComponent.calendar(List.of(CalendarComponent.of("VTODO",
            List.of(CalendarProperty.text("UID", "ü@example.org"), CalendarProperty.text("SUMMARY", "Grüße")), List.of())));
        byte[] message = new CalendarMessage("ü@example.org", "a@example.org", List.of("b@example.org", "c@example.org"), "Grüße",
            calendar).octets(Instant.EPOCH);
        String text = new String(message, StandardCharsets.UTF_8);
        assertThat(text).startsWith("From: a@example.org\r\nSubject: =?").contains("\r\nTo: b@example.org, c@example.org\r\n")
            .contains("\r\nContent-Type: text/calendar; charset=utf-8; component=VTODO\r\n",
                "Content-Transfer-Encoding: 8bit\r\n\r\nBEGIN:VCALENDAR\r\n")
            .contains("\r\nMessage-ID: <%C3%BC%40example%2Eorg@item>\r\n");
        assertThat(CalendarMessage.read(new ByteArrayInputStream(message))).contains(calendar);
    }

    @Test
    void calendarShouldBeFoundAmongOtherParts() throws Exception {
        String message = "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nBEGIN:VCALENDAR\r\n"
            + "--x\r\nContent-Type: text/calendar; method=REQUEST\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + "QkVHSU46VkNBTEVOREFSDQpCRUdJTjpWRVZFTlQNClVJRDo3DQpFTkQ6VkVWRU5UDQpFTkQ6VkNBTEVOREFSDQo=\r\n--x--\r\n";
        assertThat(CalendarMessage.read(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)))
            .flatMap(CalendarEntry::of).map(CalendarEntry::uid)).contains("7");
        assertThat(CalendarMessage.read(new ByteArrayInputStream("Subject: x\r\n\r\ntext".getBytes(StandardCharsets.UTF_8)))).isEmpty();
    }
}
