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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.MessageComposer;
import io.jamesext.dmap.dime.message.Parties;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.TestDime;

/** DIME messages to Bob at example.net, as a client of Alice's writes them. */
public final class TestMessages {
    /** Where they go: not a domain of this installation. */
    public static final Organisation EXAMPLE_NET = TestDime.organisation("example.net");
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestMessages() {
    }

    /** By this author of example.org. */
    public static byte[] by(String author, Signet signet, PrivateKeys keys) {
        return compose(new Party(author, signet), keys, new Party("example.org", TestDime.EXAMPLE_ORG.signet()),
            new Party("example.net", EXAMPLE_NET.signet()));
    }

    /** Of an author, by one organisation to another. */
    public static byte[] compose(Party author, PrivateKeys keys, Party origin, Party destination) {
        PrivateKeys bob = PrivateKeys.generateUser(RANDOM);
        Parties parties = new Parties(author, origin, destination,
            new Party("bob@" + destination.name(), SignetIssuer.user(SignetIssuer.request(bob), EXAMPLE_NET.keys().signingKey())));
        return new MessageComposer(RANDOM).compose(parties, List.of(
            new Content(ChunkKind.COMMON_HEADERS, "To: bob@example.net\r\nSubject: Hello\r\n".getBytes(StandardCharsets.US_ASCII)),
            new Content(ChunkKind.DISPLAY_CONTENT, "Content-Type: text/plain\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII))),
            keys.signingKey()).toBytes();
    }

    /** A message of James of it. */
    public static byte[] wrapped(byte[] message) {
        ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
        wrapped.writeBytes(DimeWrapper.header(Instant.now(), message, Optional.empty()));
        wrapped.writeBytes(message);
        return wrapped.toByteArray();
    }
}
