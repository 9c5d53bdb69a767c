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

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

import io.jamesext.dmap.dime.DecryptionKey;
import io.jamesext.dmap.dime.Seeded;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.dmap.dime.signet.Permission;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.SecondaryKey;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;

/** Alice at example.org, Bob at example.net, and their organisations, with all their keys. */
final class Cast {
    final SecureRandom random;
    final PrivateKeys author;
    final PrivateKeys origin;
    final PrivateKeys destination;
    final PrivateKeys recipient;
    final SigningKey forMessages;
    final SigningKey forSignets;
    final Parties parties;

    Cast(long seed) {
        random = Seeded.random(seed);
        author = PrivateKeys.generateUser(random);
        origin = PrivateKeys.generateOrganisation(random);
        destination = PrivateKeys.generateOrganisation(random);
        recipient = PrivateKeys.generateUser(random);
        forMessages = SigningKey.generate(random);
        forSignets = SigningKey.generate(random);
        Signet originSignet = SignetIssuer.organisation(origin, List.of(
            SecondaryKey.of(forMessages.verifyingKey(), Set.of(Permission.MESSAGES)),
            SecondaryKey.of(forSignets.verifyingKey(), Set.of(Permission.SIGNETS))));
        parties = new Parties(
            new Party("alice@example.org", SignetIssuer.user(SignetIssuer.request(author), origin.signingKey())),
            new Party("example.org", originSignet),
            new Party("example.net", SignetIssuer.organisation(destination, List.of())),
            new Party("bob@example.net", SignetIssuer.user(SignetIssuer.request(recipient), destination.signingKey())));
    }

    DecryptionKey key(Actor actor) {
        return switch (actor) {
            case AUTHOR -> author.decryptionKey();
            case ORIGIN -> origin.decryptionKey();
            case DESTINATION -> destination.decryptionKey();
            case RECIPIENT -> recipient.decryptionKey();
        };
    }

    Message compose(List<Content> contents, int pieceBytes) {
        return new MessageComposer(random, pieceBytes).compose(parties, contents, author.signingKey());
    }

    /** A message signed by the origin, with all its signatures. */
    Message sent(List<Content> contents, int pieceBytes) {
        return new OriginSigner(origin.decryptionKey(), forMessages).sign(compose(contents, pieceBytes),
            Set.of(ChunkKind.METADATA_BOUNCE_SIGNATURE, ChunkKind.DISPLAY_BOUNCE_SIGNATURE));
    }

    static Content headers() {
        return new Content(ChunkKind.COMMON_HEADERS, ("Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nTo: bob@example.net\r\n"
            + "From: alice@example.org\r\nSubject: Hello\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
