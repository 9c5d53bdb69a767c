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
package io.jamesext.dmap.stacie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Known answers, computed by a program of another language from PROTOCOL.md's formulas; that program gives the answers that the mail server
 * magma has in its own checks.
 */
class StacieTest {
    static final String USER = "alice@example.org";
    static final byte[] MASTER_KEY = HexFormat.of().parseHex("cfce2d845e3542f932ccb57d10d3a2ec147d736ba08b066f459fefe28cf393e9"
        + "bf57e0c75a4bca0970eb862474700d996b439c7dec9cb0e716debe08fa2181ca");

    private static final String PASSWORD = "Grüße aus Wien";
    private static final byte[] SALT = counting(0, 128);
    private static final byte[] NONCE = counting(128, 256);
    private static final int ROUNDS = 1124;
    private static final byte[] SEED = HexFormat.of().parseHex("8d3125c6e0d9781ac4c4276f5af68ab373b472fb8b638b5d931dc9721b6fed91"
        + "b35d6d1e051efd84eff4d8a61d0122fef787369a2edfab20126c31a21680cf1a");
    private static final byte[] PASSWORD_KEY = HexFormat.of().parseHex("81fbc7fd9c6531ca78bf14cec57195eb668a7d22d0beff6baf48998b3c188125"
        + "3a2b00d5cffffc03ae9c7e05a4a8e1b248a3edde6a64fe12959c237265aa66c3");
    private static final byte[] VERIFICATION = HexFormat.of().parseHex("495b6ed320fc83ef98af9c945082fad79215984f8d3c36fa45c49f42f471662e"
        + "3145a0042a4497263d909009ea602dd02caf08390518b0480e3af39be03be5e4");
    private static final byte[] LOGIN = HexFormat.of().parseHex("1e3cdc812483e03f9127577d6ff6526e05fa9c77a7f455798f9540bd8d6250fa"
        + "b539e6f85233369ea8c8a99ca828ebfa88d7cabb4b6e6569cdc25de233b9f0c8");

    static byte[] counting(int from, int to) {
        byte[] octets = new byte[to - from];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (from + i);
        }
        return octets;
    }

    @Test
    void eachStepShouldGiveTheKnownAnswer() {
        assertThat(Rounds.of(PASSWORD, 100)).isEqualTo(ROUNDS);
        assertThat(Stacie.seed(ROUNDS, PASSWORD, SALT)).isEqualTo(SEED);
        assertThat(Stacie.key(SEED, ROUNDS, USER, PASSWORD, SALT)).isEqualTo(MASTER_KEY);
        assertThat(Stacie.key(MASTER_KEY, ROUNDS, USER, PASSWORD, SALT)).isEqualTo(PASSWORD_KEY);
        assertThat(Stacie.verificationToken(PASSWORD_KEY, USER, SALT)).isEqualTo(VERIFICATION);
        assertThat(Stacie.loginToken(VERIFICATION, USER, SALT, NONCE)).isEqualTo(LOGIN);
    }

    @Test
    void keyboardsThatComposeOtherwiseShouldGiveTheSameKeys() {
        assertThat(Stacie.seed(ROUNDS, "Gru\u0308ße aus Wien", SALT)).isEqualTo(SEED);
    }

    @Test
    void everythingShouldMatterToTheLogInToken() {
        assertThat(Stacie.loginToken(VERIFICATION, "bob@example.org", SALT, NONCE)).isNotEqualTo(LOGIN);
        assertThat(Stacie.loginToken(VERIFICATION, USER, NONCE, NONCE)).isNotEqualTo(LOGIN);
        assertThat(Stacie.loginToken(VERIFICATION, USER, SALT, SALT)).isNotEqualTo(LOGIN);
        assertThat(Stacie.loginToken(PASSWORD_KEY, USER, SALT, NONCE)).isNotEqualTo(LOGIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 7, Rounds.MOST + 1})
    void roundsOutOfBoundsShouldBeRefused(int rounds) {
        assertThatThrownBy(() -> Stacie.seed(rounds, PASSWORD, SALT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Stacie.key(SEED, rounds, USER, PASSWORD, SALT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wrongLengthsShouldBeRefused() {
        byte[] shorter = new byte[63];
        assertThatThrownBy(() -> Stacie.seed(ROUNDS, PASSWORD, shorter)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Stacie.key(shorter, ROUNDS, USER, PASSWORD, SALT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Stacie.verificationToken(PASSWORD_KEY, USER, shorter)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Stacie.loginToken(VERIFICATION, USER, SALT, shorter)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void halfOfASurrogatePairShouldBeRefusedAndNotShown() {
        assertThatThrownBy(() -> Stacie.seed(ROUNDS, "\uD83D", SALT)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("the password is no text");
    }
}
