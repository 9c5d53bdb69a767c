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

package io.jamesext.lemonade.imap.append;

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

/**
 * A message while it is put together, on the heap while it is small and in a temporary file from there on: James reads a message several
 * times, and its parts may be gone the second time. Blocks.
 */
final class Spool extends OutputStream implements Content, Closeable {
    /** Octets of a message that are kept on the heap: protects it from many large messages at once. */
    static final int MEMORY_BYTES = 1 << 20;
    private static final int FIRST_BYTES = 8192;

    private byte[] octets = new byte[FIRST_BYTES];
    private long sizeBytes;
    private @Nullable Path file;
    private @Nullable OutputStream out;

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (file == null && sizeBytes + length > MEMORY_BYTES) {
            moveToFile();
        }
        OutputStream stream = out;
        if (stream == null) {
            int at = (int) sizeBytes;
            if (octets.length - at < length) {
                octets = Arrays.copyOf(octets, Math.min(MEMORY_BYTES, Math.max(2 * octets.length, at + length)));
            }
            System.arraycopy(source, offset, octets, at, length);
        } else {
            stream.write(source, offset, length);
        }
        sizeBytes += length;
    }

    private void moveToFile() throws IOException {
        Path created = Files.createTempFile("lemonade-imap-message", ".tmp");
        file = created;
        OutputStream stream = Files.newOutputStream(created);
        out = stream;
        stream.write(octets, 0, (int) sizeBytes);
        octets = new byte[0];
    }

    @Override
    public long size() {
        return sizeBytes;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        Path stored = file;
        return stored == null ? new ByteArrayInputStream(octets, 0, (int) sizeBytes) : Files.newInputStream(stored);
    }

    /** Deletes the file. */
    @Override
    public void close() throws IOException {
        OutputStream stream = out;
        if (stream != null) {
            stream.close();
        }
        Path stored = file;
        if (stored != null) {
            Files.deleteIfExists(stored);
        }
    }
}
