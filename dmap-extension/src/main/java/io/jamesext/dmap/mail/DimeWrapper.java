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
package io.jamesext.dmap.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

import com.google.common.hash.Hashing;

import io.jamesext.dmap.dime.signet.Fingerprint;

/**
 * The header that makes a DIME message a message of James: a James mailbox holds RFC 5322. It tells nothing of the content. DMAP takes it
 * off; an IMAP client sees an attachment that it cannot open. PROTOCOL.md section 8.
 */
public final class DimeWrapper {
    /** What the content is. */
    public static final String MEDIA_TYPE = "application/vnd.dime.message";
    /** Names the user's key that the message was encrypted to, or signed with, by {@link #keyName}. */
    public static final String KEY_FIELD = "X-Dime-Key";
    /**
     * A longer header is not taken for this one, for James tells the length of a header without reading it. Ours has below 300 octets;
     * delivery adds some.
     */
    public static final int MAX_HEADER_BYTES = 2048;
    private static final String TRANSFER_ENCODING = "binary";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    private DimeWrapper() {
    }

    /**
     * The header, with the empty line behind it; of the same length for all messages of a key, and for all of none.
     *
     * @param unique what the Message-ID is made of: octets of the message, or random ones
     * @param key the id of the owner's key that the message is for
     */
    public static byte[] header(Instant now, byte[] unique, Optional<Fingerprint> key) {
        String id = HexFormat.of().formatHex(Hashing.sha512().hashBytes(unique).asBytes(), 0, 16);
        return ("MIME-Version: 1.0\r\n"
            + "Date: " + DATE.format(now) + "\r\n"
            + "Message-ID: <" + id + "@dime.invalid>\r\n"
            + key.map(known -> KEY_FIELD + ": " + keyName(known) + "\r\n").orElse("")
            + "Content-Type: " + MEDIA_TYPE + "\r\n"
            + "Content-Transfer-Encoding: " + TRANSFER_ENCODING + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The message behind its header. */
    public static InputStream wrap(InputStream message, byte[] header) {
        return new SequenceInputStream(new ByteArrayInputStream(header), message);
    }

    /** The message behind its header, as James takes it. */
    public static Content wrap(Content message, byte[] header) throws MailboxException {
        long size = header.length + message.size();
        return new Content() {
            @Override
            public InputStream getInputStream() throws IOException {
                return wrap(message.getInputStream(), header);
            }

            @Override
            public long size() {
                return size;
            }
        };
    }

    /** Whether a header has this one's media type and transfer encoding, whatever else delivery has added to it. */
    public static boolean isOn(Content header) throws IOException, MailboxException {
        if (header.size() > MAX_HEADER_BYTES) {
            return false;
        }
        MimeTokenStream tokens = new MimeTokenStream(MimeConfig.PERMISSIVE);
        tokens.setRecursionMode(RecursionMode.M_FLAT);
        try (InputStream in = header.getInputStream()) {
            tokens.parse(in);
            EntityState state = tokens.getState();
            while (state != EntityState.T_BODY && state != EntityState.T_END_OF_STREAM) {
                state = tokens.next();
            }
            if (state != EntityState.T_BODY) {
                return false;
            }
            BodyDescriptor descriptor = tokens.getBodyDescriptor();
            return descriptor.getMimeType().equals(MEDIA_TYPE)
                && descriptor.getTransferEncoding().equalsIgnoreCase(TRANSFER_ENCODING);
        } catch (MimeException e) {
            return false;
        }
    }

    /** How the header names a key: 32 hexadecimal digits, one word for every search index. */
    public static String keyName(Fingerprint key) {
        return HexFormat.of().formatHex(Hashing.sha512().hashString(key.toString(), StandardCharsets.US_ASCII).asBytes(), 0, 16);
    }
}
