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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

import org.apache.commons.configuration2.ex.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.dime.Armor;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.dmap.dime.signet.Permission;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.SecondaryKey;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.testing.mailbox.TestJames;

/** The keys of domains, from where they are made to where they are read. */
class OrganisationFilesTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int make(String... arguments) {
        return NewOrganisation.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Organisation read(String domain) throws Exception {
        return OrganisationFiles.read(folder).of(domain).orElseThrow();
    }

    private void write(String name, byte[] object) throws IOException {
        write(name, Armor.encode(object));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private void refuses(String file, String cause) {
        assertThatThrownBy(() -> OrganisationFiles.read(folder)).isInstanceOf(ConfigurationException.class)
            .hasMessage(folder.resolve(file) + ": " + cause);
    }

    @Test
    void whatIsMadeShouldBeRead() throws Exception {
        assertThat(make("Example.ORG", folder.toString())).isZero();
        assertThat(make("example.net", folder.toString())).isZero();
        Files.writeString(folder.resolve("README"), "other files are left alone");
        Organisation organisation = read("example.org");
        assertThat(organisation.domain()).isEqualTo("example.org");
        assertThat(organisation.signet().identifier()).contains("example.org");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(organisation.signet().fingerprint(SignetLevel.CRYPTO).toString())
            .doesNotContain("BEGIN");
        assertThat(OrganisationFiles.read(folder).all()).extracting(Organisation::domain).containsExactly("example.net", "example.org");
        Signet user = organisation.sign(TestKeys.first().request(), TestJames.ALICE);
        assertThat(SignetSignatures.isSignedBy(user, organisation.signet())).isTrue();
        assertThat(user.identifier()).contains("alice@example.org");
        assertThat(SignetSignatures.isSignedBy(user, read("example.net").signet())).isFalse();
    }

    @Test
    void onlyTheOwnerShouldBeAbleToReadWhatIsMade() throws Exception {
        make("example.org", folder.toString());
        for (String file : List.of("example.org.keys", "example.org.signet")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)))).isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org.keys", "example.org.signet"})
    void nothingShouldBeOverwritten(String there) throws Exception {
        Files.writeString(folder.resolve(there), "precious");
        assertThat(make("example.org", folder.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(there + " is there already: take it away first");
        assertThat(folder.toFile().list()).containsExactly(there);
        assertThat(folder.resolve(there)).hasContent("precious");
    }

    @Test
    void wrongArgumentsShouldSayWhatIsExpected() {
        assertThat(make()).isEqualTo(2);
        assertThat(make("example.org")).isEqualTo(2);
        assertThat(make("not a domain", folder.toString())).isEqualTo(2);
        assertThat(make("../example.org", folder.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: NewOrganisation DOMAIN FOLDER");
        assertThat(make("example.org", folder.resolve("missing").toString())).isEqualTo(1);
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void secondaryKeysShouldBeKept() throws Exception {
        SigningKey secondary = SigningKey.generate(RANDOM);
        PrivateKeys plain = PrivateKeys.generateOrganisation(RANDOM);
        PrivateKeys keys = new PrivateKeys(ObjectType.ORGANISATION_KEYS, plain.signingKey(), ImmutableList.of(secondary),
            plain.decryptionKey());
        Signet signet = SignetIssuer.organisation(keys, List.of(SecondaryKey.of(secondary.verifyingKey(), Set.of(Permission.MESSAGES))));
        write("example.org.keys", keys.toBytes());
        write("example.org.signet", signet.toBytes());
        assertThat(read("example.org").keys()).isEqualTo(keys);
        assertThat(read("example.org").signet()).isEqualTo(signet);
        write("example.org.keys", plain.toBytes());
        refuses("example.org.signet", "it is not the signet of the private keys in example.org.keys; both are made together by "
            + "io.jamesext.dmap.ring.NewOrganisation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void keysThatOthersCanReadShouldBeRefused(String permissions) throws Exception {
        make("example.org", folder.toString());
        Path keys = folder.resolve("example.org.keys");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(permissions));
        refuses("example.org.keys", "others than its owner can read or change it; run: chmod 600 " + keys);
    }

    @Test
    void aSignetMayBeReadByAll() throws Exception {
        make("example.org", folder.toString());
        Files.setPosixFilePermissions(folder.resolve("example.org.signet"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(read("EXAMPLE.org").domain()).isEqualTo("example.org");
    }

    @Test
    void filesThatAreNotWhatTheyShouldBeShouldBeRefused() throws Exception {
        Organisation org = TestDime.organisation("example.org");
        Organisation other = TestDime.organisation("example.net");
        write("example.org.signet", org.signet().toBytes());
        refuses("example.org.signet", "its file example.org.keys is missing; put it there, or take this one away");
        write("example.org.keys", "x".repeat(9217));
        refuses("example.org.keys", "it is too large for what it should hold");
        write("example.org.keys", "keys");
        refuses("example.org.keys", "not an armoured DIME object: the first line is no BEGIN line, or lines are missing");
        write("example.org.keys", PrivateKeys.generateUser(RANDOM).toBytes());
        refuses("example.org.keys", "expected an armoured object of number 1952");
        write("example.org.keys", org.keys().toBytes());
        assertThat(read("example.org").signet()).isEqualTo(org.signet());
        write("example.org.signet", other.signet().toBytes());
        refuses("example.org.signet", "it is not the signet of the private keys in example.org.keys; both are made together by "
            + "io.jamesext.dmap.ring.NewOrganisation");
        byte[] bad = org.signet().toBytes();
        bad[bad.length - 1] ^= 1;
        write("example.org.signet", bad);
        refuses("example.org.signet", "it is not signed by the primary key in it");
        Signet named = SignetIssuer.identified(SignetIssuer.full(org.signet(), List.of(), org.keys().signingKey()), "example.com",
            org.keys().signingKey());
        write("example.org.signet", named.toBytes());
        refuses("example.org.signet", "it is the signet of another domain");
        Files.delete(folder.resolve("example.org.signet"));
        refuses("example.org.keys", "its file example.org.signet is missing; put it there, or take this one away");
    }

    @Test
    void aFileThatIsNamedForNoDomainShouldBeRefused() throws Exception {
        write("Example.org.keys", TestDime.EXAMPLE_ORG.keys().toBytes());
        refuses("Example.org.keys", "expected a domain in small letters before .keys");
    }
}
