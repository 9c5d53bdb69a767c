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

package io.jamesext.lemonade.imap.frame;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.apache.james.imap.message.Literal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A literal while it arrives and afterwards, on the heap or in a temporary file.
 *
 * <p>The heap grows with what has arrived, not with what was announced: an announcement costs a client nothing.
 */
final class ReceivedLiteral implements Literal {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReceivedLiteral.class);
    private static final int FIRST_BYTES = 8192;

    private final int sizeBytes;
    private final boolean inFile;
    private byte[] octets;
    private int received;
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private boolean discarded;

    private ReceivedLiteral(int sizeBytes, boolean inFile) {
        this.sizeBytes = sizeBytes;
        this.inFile = inFile;
        this.octets = new byte[inFile ? 0 : Math.min(sizeBytes, FIRST_BYTES)];
    }

    static ReceivedLiteral inMemory(int sizeBytes) {
        return new ReceivedLiteral(sizeBytes, false);
    }

    static ReceivedLiteral inFile(int sizeBytes) {
        return new ReceivedLiteral(sizeBytes, true);
    }

    boolean isInFile() {
        return inFile;
    }

    int missing() {
        return sizeBytes - received;
    }

    /** Makes room for octets that have arrived: the caller fills it from the answer on. */
    int reserve(int length) {
        if (octets.length - received < length) {
            // Doubling in long: half of the largest literal doubled is still an int, but only just.
            octets = Arrays.copyOf(octets, (int) Math.min(sizeBytes, Math.max(2L * octets.length, (long) received + length)));
        }
        int at = received;
        received += length;
        return at;
    }

    byte[] octets() {
        return octets;
    }

    /** Counts octets that {@link #write} will store: the count belongs to the event loop, the file to another thread. */
    void announce(int length) {
        received += length;
    }

    /** Appends to the file; blocks. */
    synchronized void write(byte[] arrived) throws IOException {
        if (discarded) {
            // The client left while these octets waited for their thread: a file made now would stay for ever.
            return;
        }
        OutputStream stream = out;
        if (stream == null) {
            Path created = Files.createTempFile("lemonade-imap-literal", ".tmp");
            file = created;
            stream = Files.newOutputStream(created);
            out = stream;
        }
        stream.write(arrived);
    }

    /** Ends the writing; blocks. */
    synchronized void complete() throws IOException {
        OutputStream stream = out;
        if (stream != null) {
            stream.close();
        }
    }

    @Override
    public long size() {
        return sizeBytes;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        Path stored = file;
        return stored == null ? new ByteArrayInputStream(octets, 0, received) : Files.newInputStream(stored);
    }

    /** Deletes the file, open or not. */
    synchronized void discard() {
        discarded = true;
        try {
            complete();
            Path stored = file;
            if (stored != null) {
                Files.deleteIfExists(stored);
            }
        } catch (IOException e) {
            LOGGER.warn("The temporary file of a literal could not be removed", e);
        }
    }
}
