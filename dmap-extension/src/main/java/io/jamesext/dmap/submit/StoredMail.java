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
package io.jamesext.dmap.submit;

import java.io.IOException;
import java.io.InputStream;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.MessageResult;

import com.google.common.io.ByteSource;

import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** A message in a mailbox: a DIME message in its wrapper, or a plain one. */
final class StoredMail {
    /** The longest DIME message that is signed, for that is done in memory. */
    private static final long MAX_DIME_BYTES = 72L * 1024 * 1024;

    /** The longest header of a plain message that is taken apart, which needs forty times as much; a thousand recipients have room. */
    private static final long MAX_HEADER_BYTES = 256 * 1024;

    private final MessageResult message;
    private final boolean dime;

    private StoredMail(MessageResult message, boolean dime) {
        this.message = message;
        this.dime = dime;
    }

    /** Of a message that was loaded whole. Blocks. */
    static StoredMail of(MessageResult message) throws IOException, MailboxException {
        return new StoredMail(message, DimeWrapper.isOn(message.getHeaders()));
    }

    /** Whether its header says that it is a DIME message; whether it is one is seen when it is read. PROTOCOL.md section 8.1. */
    boolean isDime() {
        return dime;
    }

    /** The DIME message without its wrapper. TOO_BIG if it is longer than can be signed. */
    byte[] dime() throws IOException, MailboxException {
        if (message.getSize() > MAX_DIME_BYTES) {
            throw new ProtocolException(Failure.TOO_BIG, "the message is longer than can be signed");
        }
        return body().read();
    }

    /** TOO_BIG if it is longer than is taken apart. */
    HeaderFields header() throws IOException, MailboxException {
        Content header = message.getHeaders();
        if (header.size() > MAX_HEADER_BYTES) {
            throw new ProtocolException(Failure.TOO_BIG, "the header is longer than " + MAX_HEADER_BYTES + " octets");
        }
        try (InputStream in = header.getInputStream()) {
            return HeaderFields.read(in);
        }
    }

    /** What stands behind the header and the empty line. */
    ByteSource body() throws IOException, MailboxException {
        Content body = message.getBody();
        return new ByteSource() {
            @Override
            public InputStream openStream() throws IOException {
                try {
                    return body.getInputStream();
                } catch (IOException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        };
    }
}
