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
package io.jamesext.dmap.dime;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.MessageComposer;
import io.jamesext.dmap.dime.message.OpenMessage;
import io.jamesext.dmap.dime.message.Parties;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dime.signet.SignetSignatures;

/**
 * How much of DIME's work one thread does in a second, for {@code ./james bench dmap}: prints lines of a title, a tab and a figure. Each
 * kind of work is repeated for {@value #WARM_UP_SECONDS} s unmeasured, then for {@value #MEASURED_SECONDS} s; work that comes out
 * wrong ends the program.
 */
public final class DimeBench {
    private static final int WARM_UP_SECONDS = 5;
    private static final int MEASURED_SECONDS = 4;
    private static final double NANOS = 1e9;
    private static final int SMALL = 4 * 1024;
    private static final int LARGE = 1024 * 1024;

    private final SecureRandom random = new SecureRandom();
    private final PrivateKeys organisationKeys = PrivateKeys.generateOrganisation(random);
    private final Party organisation = new Party("example.org",
        SignetIssuer.identified(SignetIssuer.full(SignetIssuer.organisation(organisationKeys, List.of()), List.of(),
            organisationKeys.signingKey()), "example.org", organisationKeys.signingKey()));
    private final PrivateKeys authorKeys = PrivateKeys.generateUser(random);
    private final PrivateKeys recipientKeys = PrivateKeys.generateUser(random);
    private final Parties parties = new Parties(user("alice@example.org", authorKeys), organisation, organisation,
        user("bob@example.org", recipientKeys));
    private final MessageComposer composer = new MessageComposer(random);

    private DimeBench() {
    }

    /** Needs no arguments. */
    public static void main(String[] arguments) {
        measure(Duration.ofSeconds(WARM_UP_SECONDS), Duration.ofSeconds(MEASURED_SECONDS), System.out);
    }

    static void measure(Duration warmUp, Duration measured, PrintStream out) {
        for (Map.Entry<String, BooleanSupplier> work : new DimeBench().works().entrySet()) {
            rate(work.getValue(), warmUp);
            out.println(work.getKey() + "\t" + rate(work.getValue(), measured));
        }
    }

    private Map<String, BooleanSupplier> works() {
        Map<String, BooleanSupplier> works = new LinkedHashMap<>();
        byte[] signet = parties.author().signet().toBytes();
        works.put("users' signets verified (three signatures), per second", () -> isGood(signet));
        for (int size : List.of(SMALL, LARGE)) {
            List<Content> contents = contents(size);
            String kib = size / 1024 + " KiB";
            works.put("DIME messages of " + kib + " encrypted and signed, per second",
                () -> composer.compose(parties, contents, authorKeys.signingKey()).toBytes().length > size);
            byte[] message = composer.compose(parties, contents, authorKeys.signingKey()).toBytes();
            works.put("DIME messages of " + kib + " opened and checked, per second", () -> isOpened(message, size));
        }
        return works;
    }

    private boolean isGood(byte[] octets) {
        Signet signet = Signet.read(octets);
        return SignetSignatures.isSelfSigned(signet) && SignetSignatures.isSignedBy(signet, organisation.signet());
    }

    private boolean isOpened(byte[] message, int size) {
        OpenMessage opened = Message.read(message).open(Actor.RECIPIENT, recipientKeys.decryptionKey());
        Signet author = parties.author().signet();
        return opened.isSignedByAuthor(author)
            && opened.contents(author.signingKey()).stream().anyMatch(content -> content.data().length >= size);
    }

    private static List<Content> contents(int size) {
        String text = "Content-Type: text/plain\r\n\r\n" + "All work and no play makes Jack a dull boy. ".repeat(size / 44 + 1);
        return List.of(
            new Content(ChunkKind.COMMON_HEADERS, "To: bob@example.org\r\nSubject: work\r\n".getBytes(StandardCharsets.US_ASCII)),
            new Content(ChunkKind.DISPLAY_CONTENT, text.getBytes(StandardCharsets.US_ASCII)));
    }

    private Party user(String address, PrivateKeys keys) {
        SigningKey signer = organisationKeys.signingKey();
        Signet crypto = SignetIssuer.user(SignetIssuer.request(keys), signer);
        return new Party(address, SignetIssuer.identified(SignetIssuer.full(crypto, List.of(), signer), address, signer));
    }

    private static double rate(BooleanSupplier work, Duration time) {
        long start = System.nanoTime();
        for (long done = 0;; done++) {
            long elapsed = System.nanoTime() - start;
            if (elapsed >= time.toNanos() && done > 0) {
                return done * NANOS / elapsed;
            }
            if (!work.getAsBoolean()) {
                throw new IllegalStateException("the work came out wrong");
            }
        }
    }
}
