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
package io.jamesext.kernel.mailbox;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.apache.james.mailbox.model.Content;
import org.jspecify.annotations.Nullable;

import com.google.common.io.ByteSource;

/**
 * A message that is written and then read, as often as wanted, until it is closed: on the heap while it is small, in a temporary file from
 * there on. Only the server's own user can read the file; Guava's FileBackedOutputStream does not see to that before version 32. Blocks.
 */
public final class Spool implements Content, Closeable {
    private static final int FIRST_BYTES = 8192;

    private final int memoryBytes;
    private byte[] octets = new byte[0];
    private long sizeBytes;
    private @Nullable Path file;
    private @Nullable OutputStream out;

    /**
     * An empty one.
     *
     * @param memoryBytes that are kept on the heap
     */
    public Spool(int memoryBytes) {
        this.memoryBytes = memoryBytes;
    }

    /** Where it is written to. To close that does nothing. */
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                add(source, offset, length);
            }
        };
    }

    private void add(byte[] source, int offset, int length) throws IOException {
        if (out == null && sizeBytes + length > memoryBytes) {
            moveToFile();
        }
        OutputStream stream = out;
        if (stream == null) {
            int at = (int) sizeBytes;
            if (octets.length - at < length) {
                octets = Arrays.copyOf(octets, Math.min(memoryBytes, Math.max(FIRST_BYTES, Math.max(2 * octets.length, at + length))));
            }
            System.arraycopy(source, offset, octets, at, length);
        } else {
            stream.write(source, offset, length);
        }
        sizeBytes += length;
    }

    private void moveToFile() throws IOException {
        Path created = Files.createTempFile("james-message", ".tmp");
        file = created;
        OutputStream stream = new BufferedOutputStream(Files.newOutputStream(created));
        out = stream;
        stream.write(octets, 0, (int) sizeBytes);
        octets = new byte[0];
    }

    @Override
    public long size() {
        return sizeBytes;
    }

    /** What has been written until now. */
    @Override
    public InputStream getInputStream() throws IOException {
        OutputStream stream = out;
        if (stream != null) {
            stream.flush();
        }
        Path stored = file;
        return stored == null ? new ByteArrayInputStream(octets, 0, (int) sizeBytes) : Files.newInputStream(stored);
    }

    /** The same for readers of Guava's. */
    public ByteSource asByteSource() {
        return new ByteSource() {
            @Override
            public InputStream openStream() throws IOException {
                return getInputStream();
            }

            @Override
            public long size() {
                return sizeBytes;
            }
        };
    }

    /** Forgets the octets and deletes the file. Again is no error. */
    @Override
    public void close() throws IOException {
        Path stored = file;
        try (OutputStream stream = out) {
            octets = new byte[0];
            sizeBytes = 0;
        } finally {
            out = null;
            file = null;
            if (stored != null) {
                Files.deleteIfExists(stored);
            }
        }
    }
}
