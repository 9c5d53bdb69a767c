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

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.apache.james.mailbox.model.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.mailbox.Spool;

/** The octets of a message that was composed: in memory, or in a temporary file when they are many, until it is closed. */
public final class ComposedMessage implements AutoCloseable {
    private static final int MAX_IN_MEMORY = 1 << 18;
    /** More than any mail server takes. */
    private static final long MAX_OCTETS = 100L << 20;
    private static final Logger LOGGER = LoggerFactory.getLogger(ComposedMessage.class);

    private final Spool octets = new Spool(MAX_IN_MEMORY);

    /** A message that was composed elsewhere. */
    public static ComposedMessage of(byte[] message) throws IOException {
        ComposedMessage composed = new ComposedMessage();
        composed.out().write(message);
        return composed;
    }

    /** Where it is written to; fails with {@link Failure#TOO_BIG} beyond {@value #MAX_OCTETS} octets. */
    OutputStream out() {
        return new FilterOutputStream(octets.out()) {
            private long left = MAX_OCTETS;

            @Override
            public void write(int octet) throws IOException {
                count(1);
                out.write(octet);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                count(length);
                out.write(buffer, offset, length);
            }

            private void count(int length) {
                left -= length;
                if (left < 0) {
                    throw new ProtocolException(Failure.TOO_BIG, "the message is too big");
                }
            }
        };
    }

    /** The message. */
    public ByteSource octets() {
        return octets.asByteSource();
    }

    /** The message for James's mailboxes. */
    public Content content() {
        return octets;
    }

    /** Whatever becomes of the file, what was done with the message is done. */
    @Override
    public void close() {
        try {
            octets.close();
        } catch (IOException e) {
            LOGGER.warn("a temporary file could not be deleted", e);
        }
    }
}
