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
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;

import com.google.common.io.ByteStreams;

/** A message with changes, made while it is read: neither copied nor held. */
final class EditedContent implements Content {
    private final Content original;
    private final List<Edit> edits;

    /** The edits in the order of their offsets, none of which overlap. */
    EditedContent(Content original, List<Edit> edits) {
        this.original = original;
        this.edits = List.copyOf(edits);
    }

    @Override
    public long size() throws MailboxException {
        long sizeBytes = original.size();
        for (Edit edit : edits) {
            sizeBytes += edit.sizeBytes() - (edit.end() - edit.start());
        }
        return sizeBytes;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Edited(original.getInputStream(), edits.iterator());
    }

    /** Reads the original from the front to the end, by way of the edits. */
    private static final class Edited extends InputStream {
        private final InputStream original;
        private final Iterator<Edit> edits;
        private long at;
        private InputStream current = InputStream.nullInputStream();
        private boolean between;
        private boolean last;
        private Edit next;

        Edited(InputStream original, Iterator<Edit> edits) {
            this.original = original;
            this.edits = edits;
            this.next = new Edit.Replace(0, 0, new byte[0]);
        }

        @Override
        public int read() throws IOException {
            byte[] octet = new byte[1];
            return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = current.read(target, offset, length);
            while (count < 0 && !last) {
                advance();
                count = current.read(target, offset, length);
            }
            return count;
        }

        private void advance() throws IOException {
            if (between) {
                between = false;
                at = next.end();
                current = changed(next);
            } else if (edits.hasNext()) {
                between = true;
                next = edits.next();
                current = ByteStreams.limit(original, next.start() - at);
            } else {
                last = true;
                current = original;
            }
        }

        private InputStream changed(Edit edit) throws IOException {
            if (edit instanceof Edit.Replace replace) {
                ByteStreams.skipFully(original, edit.end() - edit.start());
                return new ByteArrayInputStream(replace.octets());
            }
            return new Base64Lines(ByteStreams.limit(original, edit.end() - edit.start()));
        }

        @Override
        public void close() throws IOException {
            original.close();
        }
    }
}
