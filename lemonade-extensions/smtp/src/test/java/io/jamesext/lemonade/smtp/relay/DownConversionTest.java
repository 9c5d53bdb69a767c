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

package io.jamesext.lemonade.smtp.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import javax.mail.MessagingException;
import javax.mail.Part;
import javax.mail.Session;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import javax.mail.internet.MimePart;
import javax.mail.internet.MimeUtility;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DownConversionTest {
    private static final int MESSAGES = 1000;
    private static final String MIME = "From: a@example.org\r\nMIME-Version: 1.0\r\n";

    @ParameterizedTest
    @EnumSource(names = {"SEVEN_BIT", "EIGHT_BIT"})
    void contentShouldBeTheSameWhateverTheMessage(BodyData level) throws Exception {
        for (long seed = 0; seed < MESSAGES; seed++) {
            RandomMessage message = new RandomMessage(seed);
            byte[] converted = convert(message.octets(), level);
            assertThat(fitting(converted, level)).as("octets fit, seed %d", seed).isEmpty();
            List<byte[]> contents = new ArrayList<>();
            contents(parse(converted), contents);
            assertThat(contents).as("seed %d", seed).hasSameSizeAs(message.contents());
            for (int i = 0; i < contents.size(); i++) {
                byte[] expected = message.contents().get(i);
                assertThat(Arrays.mismatch(contents.get(i), expected)).as("part %d, seed %d", i, seed).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEVEN_BIT", "EIGHT_BIT"})
    void messageThatFitsShouldStayAsItIsWhenConvertedAgain(BodyData level) throws Exception {
        for (long seed = 0; seed < MESSAGES / 10; seed++) {
            byte[] converted = convert(new RandomMessage(seed).octets(), level);
            DownConversion again = DownConversion.of(() -> new ByteArrayInputStream(converted), level);
            assertThat(again.data().exceeds(level)).as("seed %d", seed).isFalse();
            if (!new String(converted, ISO_8859_1).contains("multipart/signed")) {
                // Within signed parts a promise may stay that is larger than what it is about.
                assertThat(again.changes()).as("seed %d", seed).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8bit", "8BIT", "binary", "7bit"})
    void textShouldBecomeQuotedPrintableWhateverItPromised(String encoding) throws Exception {
        String message = MIME + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: " + encoding
            + "\r\n\r\nDie Stra\u00dfe ist lang.\r\n";

        assertThat(sevenBit(message)).isEqualTo(MIME + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\nDie Stra=C3=9Fe ist lang.\r\n");
    }

    @Test
    void otherDataShouldBecomeBase64() throws Exception {
        assertThat(sevenBit(MIME + "Content-Type: image/png\r\n\r\n\u00e9\r\n"))
            .isEqualTo(MIME + "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nw6kNCg==");
    }

    @Test
    void messageInsideShouldHaveItsPartsEncodedAndNotItself() throws Exception {
        String converted = sevenBit(MIME + "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + MIME + "Content-Transfer-Encoding: 8bit\r\n\r\nl\u00e4nger als ein Wort\r\n");

        assertThat(converted).isEqualTo(MIME + "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
            + "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            + "Content-Type: text/plain; charset=unknown-8bit\r\n\r\nl=C3=A4nger als ein Wort\r\n");
    }

    @Test
    void signedPartShouldStayWhenNothingInItMustChange() throws Exception {
        String signed = "--s\r\nContent-Transfer-Encoding: 8bit\r\n\r\nASCII\r\n--s\r\n\r\nsignature\r\n--s--\r\n";
        String message = MIME + "Content-Type: multipart/mixed; boundary=m\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + "--m\r\nContent-Type: multipart/signed; boundary=s\r\n\r\n" + signed
            + "\r\n--m\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\u00e9t\u00e9 a few words more in ASCII\r\n--m--\r\n";

        assertThat(sevenBit(message)).contains(signed).contains("=C3=A9t=C3=A9 a few words more in ASCII");
    }

    @Test
    void messageThatNobodyDescribedShouldSayWhatItIs() throws Exception {
        assertThat(sevenBit("From: a@example.org\r\n\r\nl\u00e4nger als ein Wort\r\n")).isEqualTo("From: a@example.org\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/plain; charset=unknown-8bit\r\nMIME-Version: 1.0\r\n"
            + "\r\nl=C3=A4nger als ein Wort\r\n");
    }

    @Test
    void messageShouldBeTheSameWhenTheHopTakesIt() throws Exception {
        byte[] message = (MIME + "Subject: \u00e9\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\u00e9\r\n").getBytes(UTF_8);

        DownConversion conversion = DownConversion.of(() -> new ByteArrayInputStream(message), BodyData.EIGHT_BIT);

        assertThat(conversion.changes()).isFalse();
        assertThat(conversion.data()).isEqualTo(BodyData.EIGHT_BIT);
        assertThat(convert(message, BodyData.EIGHT_BIT)).isEqualTo(message);
    }

    @Test
    void binaryShouldPromiseNoMoreThanItIsToAHopWith8BitMime() throws Exception {
        String message = MIME + "Content-Transfer-Encoding: binary\r\n\r\n\u00e9\r\n";

        assertThat(new String(convert(message.getBytes(UTF_8), BodyData.EIGHT_BIT), UTF_8))
            .isEqualTo(MIME + "Content-Transfer-Encoding: 8bit\r\n\r\n\u00e9\r\n");
    }

    @Test
    void linesOfThisSystemShouldStay() throws Exception {
        String report = MIME + "\r\nA report\nof two lines\n";

        assertThat(sevenBit(report)).isEqualTo(report);
    }

    @Test
    void brokenBase64ShouldNotBeEncodedTwice() throws Exception {
        String message = MIME + "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAQ\u00a0ID\r\n";

        assertThat(sevenBit(message))
            .isEqualTo(MIME + "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID");
    }

    @Test
    void brokenQuotedPrintableShouldNotBeEncodedTwice() throws Exception {
        String message = MIME + "Content-Transfer-Encoding: quoted-printable\r\n\r\n\u00e9t=C3=A9 =3D so=\r\n on\r\n";

        assertThat(sevenBit(message)).isEqualTo(MIME + "Content-Transfer-Encoding: quoted-printable\r\n"
            + "Content-Type: text/plain; charset=unknown-8bit\r\n\r\n=C3=A9t=C3=A9 =3D so on\r\n");
    }

    @ParameterizedTest
    @CsvSource({"message/partial;id=x,7bit", "image/png,x-uuencode"})
    void conversionShouldFailWhenThePartMayNotBeEncoded(String type, String encoding) {
        String message = MIME + "Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n\u00e9\r\n";

        assertThatThrownBy(() -> sevenBit(message)).isInstanceOf(CannotConvertException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Subject: Gr\u00fc\u00dfe aus K\u00f6ln, kurz | Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus =?utf-8?Q?K=C3=B6ln=2C?= kurz",
        "From: \"M\u00fcller, J\u00f6rg\" <j@example.org> | From: =?utf-8?Q?M=C3=BCller=2C_J=C3=B6rg?= <j@example.org>",
        "To: J\u00f6rg M\u00fcller <j@example.org>,b@example.org "
            + "| To: =?utf-8?Q?J=C3=B6rg_M=C3=BCller?= <j@example.org>,b@example.org",
        "Content-Type: text/plain; name=\"\u00fc a.txt\"; x=y | Content-Type: text/plain; name*=utf-8''%C3%BC%20a.txt; x=y"})
    void fieldsShouldBecomeAscii(String field, String expected) throws Exception {
        assertThat(sevenBit(field + "\r\n\r\n")).isEqualTo(expected + "\r\n\r\n");
    }

    @Test
    void longSubjectShouldReadTheSame() throws Exception {
        String subject = "\u65e5\u672c\u8a9e\u306e\u9577\u3044\u4ef6\u540d".repeat(20);

        MimeMessage converted = parse(convert(("Subject: " + subject + "\r\n\r\n").getBytes(UTF_8), BodyData.SEVEN_BIT));

        assertThat(converted.getSubject()).isEqualTo(subject);
        assertThat(converted.getHeader("Subject", null).lines()).allMatch(line -> line.length() <= 76);
    }

    @Test
    void octetsThatAreNotUtf8ShouldBeKept() throws Exception {
        byte[] message = "Subject: \u00fc\r\n\r\n".getBytes(ISO_8859_1);

        assertThat(convert(message, BodyData.SEVEN_BIT)).asString(ISO_8859_1).isEqualTo("Subject: =?unknown-8bit?Q?=FC?=\r\n\r\n");
    }

    private static String sevenBit(String message) throws IOException {
        return new String(convert(message.getBytes(UTF_8), BodyData.SEVEN_BIT), ISO_8859_1);
    }

    private static byte[] convert(byte[] message, BodyData level) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DownConversion.of(() -> new ByteArrayInputStream(message), level).writeTo(out);
        return out.toByteArray();
    }

    /** What a hop would not take, in words. */
    private static String fitting(byte[] octets, BodyData level) {
        String message = new String(octets, ISO_8859_1);
        if (level == BodyData.SEVEN_BIT && message.chars().anyMatch(c -> c > 127)) {
            return "not ASCII";
        }
        if (message.indexOf('\0') >= 0 || message.replace("\r\n", "").matches("(?s).*[\r\n].*")) {
            return "NUL or bare line ends";
        }
        String promises = message.toLowerCase(Locale.ROOT);
        boolean signed = promises.contains("multipart/signed");
        if (!signed && (promises.contains("encoding: binary") || level == BodyData.SEVEN_BIT && promises.contains("encoding: 8bit"))) {
            return "promises too much";
        }
        return message.lines().anyMatch(line -> line.length() > 998) ? "long lines" : "";
    }

    private static MimeMessage parse(byte[] octets) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    private static void contents(Part part, List<byte[]> contents) throws Exception {
        if (part.isMimeType("multipart/*")) {
            MimeMultipart multipart = (MimeMultipart) part.getContent();
            for (int i = 0; i < multipart.getCount(); i++) {
                contents(multipart.getBodyPart(i), contents);
            }
        } else if (part.isMimeType("message/rfc822")) {
            contents((MimeMessage) part.getContent(), contents);
        } else {
            String encoding = ((MimePart) part).getEncoding();
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            MimeUtility.decode(raw(part), encoding == null ? "7bit" : encoding).transferTo(content);
            contents.add(content.toByteArray());
        }
    }

    private static InputStream raw(Part part) throws MessagingException {
        return part instanceof MimeMessage message ? message.getRawInputStream()
            : ((MimeBodyPart) part).getRawInputStream();
    }

    /** Time and memory for it do not grow faster than it does. */
    @Test
    void longHeaderShouldCostLittle() throws Exception {
        String start = MIME + "Content-Type: message/rfc822\r\n\r\nTo: \u00e9";
        byte[] large = (start + ",".repeat(900_000) + "\r\n\r\nx").getBytes(ISO_8859_1);
        assertThat(new String(convert(large, BodyData.SEVEN_BIT), ISO_8859_1)).contains("\r\nTo: ?,,,,").endsWith(",\r\n\r\nx");
        byte[] longer = (start + ",".repeat(1 << 20) + "\r\n\r\nx").getBytes(ISO_8859_1);
        assertThatThrownBy(() -> convert(longer, BodyData.SEVEN_BIT)).isInstanceOf(CannotConvertException.class);
    }

    @Test
    void fieldOfManyWordsShouldBeEncodedWhereItIsNotTooLong() throws Exception {
        String field = "To: " + "\u00e9, a ".repeat(9_000);
        byte[] converted = convert((field + "\r\n" + MIME + "\r\nx").getBytes(ISO_8859_1), BodyData.SEVEN_BIT);
        assertThat(new String(converted, ISO_8859_1)).contains("=?unknown-8bit?Q?=E9?= , a =?unknown-8bit?Q?=E9?=");
    }
}
