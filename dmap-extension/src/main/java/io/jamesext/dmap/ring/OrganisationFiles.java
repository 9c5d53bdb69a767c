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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.Domain;

import com.google.common.collect.Sets;

import io.jamesext.dmap.dime.Armor;
import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.SecondaryKey;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The keys of domains in a folder: {@code <domain>.keys} with the private ones and {@code <domain>.signet} with the public ones, armoured
 * (PROTOCOL.md section 5.1). Other files are left alone.
 */
public final class OrganisationFiles {
    static final String KEYS = ".keys";
    static final String SIGNET = ".signet";
    /** What others than the owner may not do with private keys. */
    private static final Set<PosixFilePermission> OF_OTHERS = Sets.immutableEnumSet(PosixFilePermission.GROUP_READ,
        PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private OrganisationFiles() {
    }

    /**
     * Reads those of all domains.
     *
     * @throws ConfigurationException that names the file and the mend
     */
    public static Organisations read(Path folder) throws ConfigurationException {
        List<Organisation> organisations = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = name(file);
                if (name.endsWith(KEYS)) {
                    organisations.add(organisation(folder, name.substring(0, name.length() - KEYS.length())));
                } else if (name.endsWith(SIGNET) && !Files.exists(sibling(file, SIGNET, KEYS))) {
                    throw bad(file, "its file " + name(sibling(file, SIGNET, KEYS)) + " is missing; put it there, or take this one away");
                }
            }
        } catch (IOException e) {
            throw new ConfigurationException("dime.xml: the folder " + folder + " cannot be read", e);
        }
        return new Organisations(organisations);
    }

    private static Organisation organisation(Path folder, String domain) throws ConfigurationException, IOException {
        Path keysFile = folder.resolve(domain + KEYS);
        Path signetFile = folder.resolve(domain + SIGNET);
        if (!isDomain(domain)) {
            throw bad(keysFile, "expected a domain in small letters before " + KEYS);
        }
        if (!Files.exists(signetFile)) {
            throw bad(keysFile, "its file " + name(signetFile) + " is missing; put it there, or take this one away");
        }
        checkPermissions(keysFile);
        PrivateKeys keys = keys(keysFile);
        Signet signet = signet(signetFile);
        if (!areHalves(keys, signet)) {
            throw bad(signetFile, "it is not the signet of the private keys in " + name(keysFile)
                + "; both are made together by io.jamesext.dmap.ring.NewOrganisation");
        }
        if (!signet.identifier().map(domain::equals).orElse(true)) {
            throw bad(signetFile, "it is the signet of another domain");
        }
        return new Organisation(domain, keys, signet);
    }

    private static PrivateKeys keys(Path file) throws ConfigurationException, IOException {
        byte[] object = object(file, PrivateKeys.MAX_BYTES, ObjectType.ORGANISATION_KEYS);
        try {
            return PrivateKeys.read(object);
        } catch (ProtocolException e) {
            throw bad(file, e.text());
        }
    }

    private static Signet signet(Path file) throws ConfigurationException, IOException {
        byte[] object = object(file, Signet.MAX_BYTES, ObjectType.ORGANISATION_SIGNET);
        try {
            Signet signet = Signet.read(object);
            if (SignetSignatures.isSelfSigned(signet)) {
                return signet;
            }
        } catch (ProtocolException e) {
            throw bad(file, e.text());
        }
        throw bad(file, "it is not signed by the primary key in it");
    }

    private static boolean areHalves(PrivateKeys keys, Signet signet) {
        return keys.signingKey().verifyingKey().equals(signet.signingKey())
            && keys.decryptionKey().encryptionKey().equals(signet.encryptionKey())
            && keys.secondary().stream().map(SigningKey::verifyingKey).toList()
                .equals(signet.secondaryKeys().stream().map(SecondaryKey::key).toList());
    }

    private static byte[] object(Path file, int maxBytes, ObjectType type) throws ConfigurationException, IOException {
        // Armour takes less than twice the octets, and some lines.
        if (Files.size(file) > 2L * maxBytes + 1024) {
            throw bad(file, "it is too large for what it should hold");
        }
        try {
            byte[] object = Armor.decode(Files.readString(file, StandardCharsets.ISO_8859_1), maxBytes);
            if (DimeObject.typeOf(object) == type) {
                return object;
            }
        } catch (ProtocolException e) {
            throw bad(file, e.text());
        }
        throw bad(file, "expected an armoured object of number " + type.magic());
    }

    /** Where the file system knows no such permissions, the operator has other ones. */
    private static void checkPermissions(Path file) throws ConfigurationException, IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !Sets.intersection(view.readAttributes().permissions(), OF_OTHERS).isEmpty()) {
            throw bad(file, "others than its owner can read or change it; run: chmod 600 " + file);
        }
    }

    static boolean isDomain(String text) {
        try {
            return Domain.of(text).asString().equals(text) && text.equals(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Path sibling(Path file, String ending, String other) {
        String name = name(file);
        return file.resolveSibling(name.substring(0, name.length() - ending.length()) + other);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static ConfigurationException bad(Path file, String cause) {
        return new ConfigurationException(file + ": " + cause);
    }
}
