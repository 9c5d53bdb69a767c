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
package io.jamesext.dmap.dime.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.dmap.dime.Seeded;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.kernel.failure.ProtocolException;

/** Octets are refused, or they are a message whose chunks lie one behind the other; and no key makes reading them break. */
class MessageFuzzTest {
    private static final PrivateKeys KEYS = PrivateKeys.generateUser(Seeded.random(9));

    @FuzzTest
    void anyMessageShouldBeRefusedOrLaidOut(byte[] input) {
        try {
            Message message = Message.read(input);
            long at = -1;
            for (ChunkPlace place : message.layout().chunks()) {
                boolean first = at < 0 || place.start() == message.layout().start() + 6;
                assertThat(first || place.start() == at).isTrue();
                assertThat(message.layout().find(place.kind().number(), place.number())).contains(place);
                assertThat(message.chunk(place)).hasSize((int) place.bytes());
                at = place.end();
            }
            assertThat(message.layout().end()).isEqualTo(input.length);
            for (Actor actor : Actor.values()) {
                read(message, actor);
            }
        } catch (ProtocolException e) {
            assertThat(e.text()).isNotEmpty();
        }
    }

    @FuzzTest
    void anyChunkShouldBeRefusedOrOpened(byte[] input) {
        for (Actor actor : Actor.values()) {
            try {
                PlainChunk chunk = new ChunkOpener(actor, KEYS.decryptionKey(), KEYS.decryptionKey().encryptionKey()).open(input);
                assertThat(chunk.data()).hasSize(chunk.dataBytes());
                assertThat(chunk.isSignedBy(KEYS.signingKey().verifyingKey())).isFalse();
                Envelope.read(chunk);
            } catch (ProtocolException e) {
                assertThat(e.text()).isNotEmpty();
            }
        }
    }

    private static void read(Message message, Actor actor) {
        OpenMessage open = message.open(actor, KEYS.decryptionKey());
        for (ChunkPlace place : message.layout().chunks()) {
            try {
                open.chunk(place);
            } catch (ProtocolException e) {
                assertThat(e.text()).isNotEmpty();
            }
        }
        try {
            open.contents(KEYS.signingKey().verifyingKey());
        } catch (ProtocolException e) {
            assertThat(e.text()).isNotEmpty();
        }
    }
}
