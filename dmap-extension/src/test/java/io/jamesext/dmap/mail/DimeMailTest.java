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
package io.jamesext.dmap.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.apache.james.mailbox.model.Content;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.Letters;
import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.MessageLayout;

/** How much is read of a message of 30 MB to show one chunk of it. */
class DimeMailTest {
    /** Octets that are read, and not skipped, are counted. */
    private static final class Counted implements Content {
        private final byte[] octets;
        private long read;
        private int opened;

        Counted(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public InputStream getInputStream() {
            opened++;
            return new FilterInputStream(new ByteArrayInputStream(octets)) {
                @Override
                public int read() throws IOException {
                    read++;
                    return super.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = super.read(target, offset, length);
                    read += Math.max(count, 0);
                    return count;
                }
            };
        }

        @Override
        public long size() {
            return octets.length;
        }
    }

    private static Counted large() {
        return new Counted(Letters.large());
    }

    @Test
    void onlyHeadsShouldBeReadToFindChunks() throws Exception {
        Counted message = large();
        DimeMail mail = DimeMail.read(message);
        assertThat(mail.chunks()).hasSize(2 + Letters.LARGE_ATTACHMENTS)
            .contains(new Chunk(ChunkKind.ATTACHMENT, 6, 4 + Letters.LARGE_ATTACHMENT + 128));
        assertThat(mail.find(new ChunkId(131, 6))).isPresent();
        assertThat(mail.find(new ChunkId(131, 7))).isEmpty();
        assertThat(message.opened).isEqualTo(1);
        assertThat(message.read).isLessThan(100);
    }

    @Test
    void onlyTheChunkShouldBeRead() throws Exception {
        Counted message = large();
        DimeMail mail = DimeMail.read(message);
        message.read = 0;
        assertThat(mail.open(new ChunkId(33, 1)).readAllBytes()).hasSize(212);
        assertThat(message.read).isEqualTo(212);
        InputStream last = mail.open(new ChunkId(131, 6));
        last.skipNBytes(Letters.LARGE_ATTACHMENT);
        assertThat(last.readAllBytes()).hasSize(132);
        assertThat(message.read).isLessThan(400);
        assertThatThrownBy(() -> mail.open(new ChunkId(131, 7))).isInstanceOf(IOException.class);
    }

    @Test
    void theBeginningShouldTellWhatIsLookedAt() throws Exception {
        assertThat(MessageLayout.begins(large().getInputStream())).isTrue();
        assertThat(MessageLayout.begins(new ByteArrayInputStream(new byte[] {7, 0x2D}))).isTrue();
        assertThat(MessageLayout.begins(new ByteArrayInputStream(new byte[] {7}))).isFalse();
        assertThat(MessageLayout.begins(new ByteArrayInputStream("Subject: x".getBytes(StandardCharsets.US_ASCII)))).isFalse();
        assertThat(DimeMail.find(new Counted(new byte[] {7, 0x2D}))).isEmpty();
    }
}
