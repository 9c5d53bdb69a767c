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
package io.jamesext.lemonade.imap.convert;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.TestMessageId;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.Test;

import io.jamesext.converter.Converter;
import io.jamesext.lemonade.imap.convert.ConvertRequest.Wanted;
import io.jamesext.urlauth.HeaderField;
import io.jamesext.urlauth.MimeParts;
import io.jamesext.urlauth.Section;

/** What is kept of conversions, and how much that is taken for. */
class PartConversionsTest {
    private final RecordingMetricFactory metrics = new RecordingMetricFactory();

    @Test
    void wrongParametersShouldNotBeKept() throws Exception {
        try (Converter converter = new Converter(Converter.Limits.DEFAULT)) {
            PartConversions conversions = new PartConversions(new MimeParts(), converter, new ConvertLimits(1, 1, 1 << 20, "image/png"),
                metrics);
            MessageResult message = message("\r\ntext \u0001\r\n");
            for (int i = 0; i < 2; i++) {
                assertThat(conversions.convert(message, Section.parse("1"), new Wanted(Optional.empty(), Map.of("x", "y"))).block())
                    .isInstanceOf(Converted.Failure.class);
                assertThat(conversions.convert(message, Section.parse("1"), new Wanted(Optional.empty(), Map.of())).block())
                    .isInstanceOf(Converted.Part.class);
            }
        }
        assertThat(metrics.countFor("imap-convert-failed-badparameters")).isEqualTo(2);
        assertThat(metrics.executionTimesFor("imap-convert-text-plain-to-text-plain")).hasSize(1);
    }

    /** RFC 3501 section 9: a literal has no NUL. */
    @Test
    void headersShouldHaveNoNul() throws Exception {
        try (Converter converter = new Converter(Converter.Limits.DEFAULT)) {
            PartConversions conversions = new PartConversions(new MimeParts(), converter, new ConvertLimits(1, 1, 1 << 20, "image/png"),
                metrics);
            byte[] header = conversions.header(message("Subject: a\0b\r\n\r\n"),
                new ConvertItem(ConvertItem.Kind.HEADER, "BODY[HEADER]", Section.parse("HEADER"), Optional.empty()),
                new Wanted(Optional.empty(), Map.of("charset", "utf-8")), true);
            assertThat(new String(header, US_ASCII)).startsWith("Subject: a").doesNotContain("\0");
        }
    }

    @Test
    void fieldsShouldBeWeighed() {
        List<HeaderField> fields = List.of(new HeaderField("content-description", "x".repeat(1_000_000)));
        assertThat(Converted.Part.of("text/plain", "UTF-8", new byte[0], fields).weight()).isGreaterThan(1_000_000);
    }

    @Test
    void octetsShouldBeCountedOnce() {
        byte[] octets = "one\ntwo\0".getBytes(US_ASCII);
        Converted.Part part = Converted.Part.of("text/plain", "UTF-8", octets, List.of());
        Arrays.fill(octets, (byte) 'x');
        assertThat(part.hasNul()).isTrue();
        assertThat(part.lines()).isEqualTo(2);
        assertThat(Converted.Part.of("text/plain", "UTF-8", "one\n".getBytes(US_ASCII), List.of()).lines()).isEqualTo(1);
        assertThat(Converted.Part.of("text/plain", "UTF-8", new byte[0], List.of()).lines()).isZero();
    }

    private static MessageResult message(String text) {
        return (MessageResult) Proxy.newProxyInstance(MessageResult.class.getClassLoader(), new Class<?>[] {MessageResult.class},
            (self, method, arguments) -> switch (method.getName()) {
                case "getMessageId" -> TestMessageId.of(1);
                case "getFullContent" -> new ByteContent(text.getBytes(US_ASCII));
                default -> throw new UnsupportedOperationException(method.getName());
            });
    }
}
