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

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;

import com.google.common.base.Splitter;
import com.google.common.io.ByteSource;

/** How signed and encrypted parts are written: RFC 8551 section 3, and XIMSS, "Message Operations", the example of a signed message. */
final class SecureFields {
    /** Of a part that is encrypted. */
    static final List<Field> ENCRYPTED = List.of(
        new RawField("Content-Type", "application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\""),
        new RawField("Content-Transfer-Encoding", "base64"),
        new RawField("Content-Disposition", "attachment; filename=\"smime.p7m\""));
    /** RFC 5322 section 2.1.1 says that longer lines should not be. */
    private static final int MAX_LINE = 78;

    private SecureFields() {
    }

    /** Of a part with its signature. The example has x-pkcs7-signature and SHA1, which are the words of RFC 2311. */
    static List<Field> signed(String boundary) {
        return List.of(new RawField("Content-Type",
            "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=\"" + boundary + "\""));
    }

    /** The body of such a part. */
    static ByteSource signedBody(String boundary, ByteSource entity, String signature) {
        String before = "This is a signed S/MIME message\r\n--" + boundary + "\r\n";
        String after = "\r\n--" + boundary + "\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n"
            + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"smime.p7s\"\r\n\r\n"
            + signature + "\r\n--" + boundary + "--\r\n";
        return ByteSource.concat(octets(before), entity, octets(after));
    }

    /**
     * How a text is encoded that is signed. RFC 8551 section 3.1.3: in seven bits, and RFC 1847 section 2.1: without what mail servers on
     * the way are known to change, for a changed text has a false signature.
     */
    static String encoding(String text) {
        boolean hasDot = Splitter.on('\n').splitToStream(text).anyMatch(line -> line.equals("."));
        boolean isSafe = !hasDot && text.chars().allMatch(c -> c < 128 && c != '\r') && Splitter.on('\n').splitToStream(text)
            .noneMatch(line -> line.length() > MAX_LINE || line.endsWith(" ") || line.endsWith("\t") || line.startsWith("From "));
        // Quoted-printable would leave these two as they are, or even break a line before the second.
        return isSafe ? "7bit" : hasDot || text.contains("From ") ? "base64" : "quoted-printable";
    }

    private static ByteSource octets(String text) {
        return ByteSource.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
