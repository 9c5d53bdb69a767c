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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;

import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;

import com.google.common.io.ByteSource;

import io.jamesext.ximss.smime.Sealing;

/**
 * A stored message encrypted for its owner. XIMSS, "Mailbox Operations", messageCopy, encrypt. The whole message is encrypted, octet by
 * octet; its header fields stand outside as well, so that folders can still show who it is from and what it is about.
 */
public final class EncryptedCopy {
    private EncryptedCopy() {
    }

    /** Encrypts a message; whoever gets it closes it. Blocks. */
    public static ComposedMessage of(ByteSource message, X509Certificate certificate) throws IOException {
        ComposedMessage copy = new ComposedMessage();
        try (InputStream header = message.openStream()) {
            OutputStream out = copy.out();
            Utf8Writer writer = new Utf8Writer();
            for (Field field : MailHeader.read(header).fields()) {
                String name = field.getName().toLowerCase(Locale.US);
                if (!name.startsWith("content-") && !name.equals("mime-version")) {
                    writer.writeField(field, out);
                }
            }
            writer.writeField(new RawField("MIME-Version", "1.0"), out);
            for (Field field : SecureFields.ENCRYPTED) {
                writer.writeField(field, out);
            }
            out.write(new byte[] {'\r', '\n'});
            Sealing.encrypt(message::copyTo, List.of(certificate), out);
            return copy;
        } catch (RuntimeException | IOException e) {
            copy.close();
            throw e;
        }
    }
}
