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
package io.jamesext.dmap.ring;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.jamesext.dmap.dime.Armor;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dime.signet.SignetLevel;

/**
 * Makes the keys of a domain for {@link OrganisationFiles}: {@code java -cp ... io.jamesext.dmap.ring.NewOrganisation DOMAIN FOLDER}. It
 * writes two files that only their owner can read, and never over one that is there.
 */
public final class NewOrganisation {
    private static final int USAGE = 2;
    private static final int FAILED = 1;

    private NewOrganisation() {
    }

    /** Ends with 0, 1 for a failure, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        int status = run(List.of(arguments), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != 2 || !OrganisationFiles.isDomain(arguments.get(0).toLowerCase(Locale.ROOT))) {
            err.println("Usage: NewOrganisation DOMAIN FOLDER\nMakes FOLDER/DOMAIN.keys and FOLDER/DOMAIN.signet.");
            return USAGE;
        }
        String domain = arguments.get(0).toLowerCase(Locale.ROOT);
        Path keysFile = Path.of(arguments.get(1), domain + OrganisationFiles.KEYS);
        Path signetFile = Path.of(arguments.get(1), domain + OrganisationFiles.SIGNET);
        PrivateKeys keys = PrivateKeys.generateOrganisation(new SecureRandom());
        Signet signet = SignetIssuer.identified(SignetIssuer.full(SignetIssuer.organisation(keys, List.of()), List.of(),
            keys.signingKey()), domain, keys.signingKey());
        try {
            write(signetFile, signet.toBytes());
            try {
                write(keysFile, keys.toBytes());
            } catch (IOException e) {
                Files.delete(signetFile);
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            err.println(e.getFile() + " is there already: take it away first. Users' signets are signed with the keys in it.");
            return FAILED;
        } catch (IOException e) {
            err.println("The files cannot be written: " + e);
            return FAILED;
        }
        out.println("Written: " + keysFile + " and " + signetFile + "\nFingerprint: " + signet.fingerprint(SignetLevel.CRYPTO)
            + "\nKeep a copy of both: without them no user's signet can be signed any more.");
        return 0;
    }

    private static void write(Path file, byte[] object) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownersAlone = posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
            : new FileAttribute<?>[0];
        try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                ownersAlone)) {
            ByteBuffer text = ByteBuffer.wrap(Armor.encode(object).getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                channel.write(text);
            }
        }
    }
}
