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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;

import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

import org.apache.james.server.core.MailHeaders;
import org.apache.james.server.core.MimeMessageInputStream;

import io.jamesext.kernel.mailbox.Spool;
import io.jamesext.urlauth.UrlContent;

/**
 * The octets of a message of James's, to be read more than once. James's own way to write them makes question marks of what is not ASCII
 * in the header.
 */
final class MessageOctets implements AutoCloseable {
    /** Octets that are held in memory; a larger message is in a temporary file. */
    private static final int MAX_IN_MEMORY = 1 << 18;

    private final Spool octets = new Spool(MAX_IN_MEMORY);

    /**
     * Copies a message.
     *
     * @param leftOut names of header fields
     */
    static MessageOctets of(MimeMessage message, String... leftOut) throws IOException, MessagingException {
        MessageOctets copy = new MessageOctets();
        OutputStream out = copy.octets.out();
        try {
            Enumeration<String> lines = message.getNonMatchingHeaderLines(leftOut);
            while (lines.hasMoreElements()) {
                // Jakarta Mail reads a character from each octet.
                out.write((lines.nextElement() + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write('\r');
            out.write('\n');
            try (InputStream in = new MimeMessageInputStream(message)) {
                // Reads the header and its empty line; James's other way to the body encodes it anew.
                new MailHeaders(in);
                in.transferTo(out);
            }
            return copy;
        } catch (IOException | MessagingException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    UrlContent.Source source() {
        return octets::getInputStream;
    }

    long size() {
        return octets.size();
    }

    @Override
    public void close() throws IOException {
        octets.close();
    }
}
