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

import org.apache.james.mailbox.model.Content;

import com.google.common.io.ByteSource;
import com.google.common.io.FileBackedOutputStream;

/** The octets of a message that was composed: in memory, or in a temporary file when they are many, until it is closed. */
public final class ComposedMessage implements AutoCloseable {
    private static final int MAX_IN_MEMORY = 1 << 18;

    private final FileBackedOutputStream octets = new FileBackedOutputStream(MAX_IN_MEMORY);

    OutputStream out() {
        return octets;
    }

    /** The message. */
    public ByteSource octets() {
        return octets.asByteSource();
    }

    /** The message for James's mailboxes. */
    public Content content() throws IOException {
        ByteSource source = octets();
        long size = source.size();
        return new Content() {
            @Override
            public InputStream getInputStream() throws IOException {
                return source.openStream();
            }

            @Override
            public long size() {
                return size;
            }
        };
    }

    @Override
    public void close() throws IOException {
        octets.reset();
    }
}
