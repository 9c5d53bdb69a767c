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
package io.jamesext.dmap.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Username;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.auth.CredentialCipher;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

@BothBackends
class StacieCredentialsTest {
    /** So long that few rounds are enough. */
    private static final String LONG = "correct horse battery staple";
    private static final int BONUS = 8;

    private TestJames james;
    private StacieVerifiers verifiers;
    private StacieCredentials credentials;

    @BeforeEach
    void start() throws Exception {
        james = TestJames.create();
        verifiers = StacieVerifiers.on(james.cassandra().map(SideTables::create));
        credentials = credentials(0, BONUS);
        changePassword(TestJames.ALICE, LONG);
    }

    private StacieCredentials credentials(int firstOctetOfTheKey, int bonus) {
        byte[] key = new byte[32];
        key[0] = (byte) firstOctetOfTheKey;
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        configuration.addProperty("credentialKey", Base64.getEncoder().encodeToString(key));
        return new StacieCredentials(james.users(), verifiers, CredentialCipher.of(configuration).orElseThrow(), bonus);
    }

    private void changePassword(Username name, String password) throws Exception {
        var user = james.users().getUserByName(name);
        user.setPassword(password);
        james.users().updateUser(user);
    }

    private String kept(Username user) {
        return Flux.interval(Duration.ofMillis(10)).concatMap(tick -> verifiers.find(user)).blockFirst(Duration.ofSeconds(30));
    }

    private byte[] token(StacieCredentials of, Username user) {
        return Optional.ofNullable(of.token(user).block()).orElseThrow();
    }

    @Test
    void passwordShouldLeaveAVerifierThatOnlyTheKeyOpensForThatUser() {
        credentials.remember(TestJames.ALICE, LONG);
        String kept = kept(TestJames.ALICE);
        verifiers.put(TestJames.BOB, kept).block();

        assertThat(token(credentials, TestJames.ALICE)).hasSize(64).isEqualTo(token(credentials, TestJames.ALICE))
            .isEqualTo(token(credentials(0, BONUS), TestJames.ALICE));
        assertThat(token(credentials(1, BONUS), TestJames.ALICE)).isNotEqualTo(token(credentials, TestJames.ALICE));
        assertThat(token(credentials, TestJames.BOB)).isNotEqualTo(token(credentials, TestJames.ALICE));
        assertThat(verifiers.find(TestJames.ALICE).block()).as("another key's is left alone").isEqualTo(kept);
    }

    @Test
    void userWithoutAVerifierShouldHaveATokenThatNobodyKnows() {
        Username nobody = Username.of("nobody@example.org");
        assertThat(token(credentials, nobody)).hasSize(64).isNotEqualTo(token(credentials, nobody));
        assertThat(token(credentials, TestJames.BOB)).hasSize(64).isNotEqualTo(token(credentials, TestJames.BOB));
    }

    @Test
    void saltShouldBeTheSameEverywhereAndForEverForUsersAndOthers() {
        Username nobody = Username.of("nobody@example.org");
        assertThat(credentials.salt(nobody)).hasSize(128).isEqualTo(credentials(0, BONUS).salt(nobody))
            .isNotEqualTo(credentials(1, BONUS).salt(nobody)).isNotEqualTo(credentials.salt(TestJames.ALICE));
        byte[] before = credentials.salt(TestJames.ALICE);
        credentials.remember(TestJames.ALICE, LONG);
        kept(TestJames.ALICE);
        assertThat(credentials.salt(TestJames.ALICE)).isEqualTo(before);
    }

    @Test
    void changedPasswordShouldVoidTheVerifier() throws Exception {
        credentials.remember(TestJames.ALICE, LONG);
        kept(TestJames.ALICE);
        byte[] old = token(credentials, TestJames.ALICE);

        changePassword(TestJames.ALICE, LONG + "s");
        assertThat(token(credentials, TestJames.ALICE)).isNotEqualTo(old);
        assertThat(verifiers.find(TestJames.ALICE).blockOptional()).as("a void one is not kept").isEmpty();
        credentials.remember(TestJames.ALICE, LONG + "s");
        kept(TestJames.ALICE);
        assertThat(token(credentials, TestJames.ALICE)).isEqualTo(token(credentials, TestJames.ALICE)).isNotEqualTo(old);
    }

    @Test
    void verifierShouldEndWithTheUser() throws Exception {
        credentials.remember(TestJames.ALICE, LONG);
        kept(TestJames.ALICE);
        james.users().removeUser(TestJames.ALICE);

        assertThat(token(credentials, TestJames.ALICE)).isNotEqualTo(token(credentials, TestJames.ALICE));
        assertThat(verifiers.find(TestJames.ALICE).blockOptional()).isEmpty();
    }

    @Test
    void otherBonusRoundsShouldVoidTheVerifierUntilTheNextPassword() {
        credentials.remember(TestJames.ALICE, LONG);
        String first = kept(TestJames.ALICE);
        StacieCredentials other = credentials(0, BONUS + 1);
        assertThat(token(other, TestJames.ALICE)).isNotEqualTo(token(other, TestJames.ALICE));

        other.remember(TestJames.ALICE, LONG);
        Flux.interval(Duration.ofMillis(10)).concatMap(tick -> verifiers.find(TestJames.ALICE)).filter(kept -> !kept.equals(first))
            .blockFirst(Duration.ofSeconds(30));
        assertThat(token(other, TestJames.ALICE)).isEqualTo(token(other, TestJames.ALICE));
    }

    /** They are made one after the other: when Alice's is there, what is missing will not come. */
    @Test
    void wrongOrTooShortPasswordsShouldLeaveNothing() throws Exception {
        changePassword(TestJames.BOB, "abc");
        credentials.remember(TestJames.BOB, "abc");
        credentials.remember(TestJames.BOB, LONG);
        credentials.remember(Username.of("nobody@example.org"), LONG);
        credentials.remember(TestJames.ALICE, LONG);
        kept(TestJames.ALICE);

        assertThat(verifiers.find(TestJames.BOB).blockOptional()).isEmpty();
        assertThat(verifiers.find(Username.of("nobody@example.org")).blockOptional()).isEmpty();
    }
}
