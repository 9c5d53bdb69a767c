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
package io.jamesext.agap.message;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;

import io.jamesext.kernel.mailbox.Spool;

/** A message without one of its attachments, for AGAP section 4.16. A large one is in a temporary file until it is closed. */
public final class WithoutAttachment implements Content, Closeable {
    private static final int MAX_IN_MEMORY = 100 * 1024;

    private final Spool octets = new Spool(MAX_IN_MEMORY);

    private WithoutAttachment() {
    }

    /**
     * Makes it, and makes sure that nothing else is missing.
     *
     * @param message what was read from the same source
     * @param number the attachment's, from 1; it must be there
     * @param source opens the RFC 5322 message; called several times
     */
    public static WithoutAttachment of(Message message, int number, Callable<InputStream> source) throws Exception {
        int leaf = message.leaf(number);
        WithoutAttachment result = new WithoutAttachment();
        try {
            result.write(leaf, source);
            List<Part> expected = parts(source.call());
            expected.remove(leaf);
            if (!expected.isEmpty() && !isSame(expected, parts(result.getInputStream()))) {
                throw new IOException("the stored message has a structure that cannot be written without its attachment");
            }
            return result;
        } catch (Exception e) {
            result.close();
            throw e;
        }
    }

    private void write(int leaf, Callable<InputStream> source) throws Exception {
        try (InputStream in = source.call()) {
            PartCut.copy(PartPlaces.of(leaf, source.call()), in, octets.out());
        }
    }

    private static List<Part> parts(InputStream message) throws IOException {
        try (Leaves leaves = new Leaves(message)) {
            List<Part> parts = new ArrayList<>();
            while (leaves.next()) {
                parts.add(Part.of(leaves));
            }
            return parts;
        }
    }

    private static boolean isSame(List<Part> expected, List<Part> parts) {
        return expected.stream().map(Part::headers).toList().equals(parts.stream().map(Part::headers).toList());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new BufferedInputStream(octets.getInputStream());
    }

    @Override
    public long size() throws MailboxException {
        return octets.size();
    }

    @Override
    public void close() throws IOException {
        octets.close();
    }
}
