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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.jamesext.dmap.Letters;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.DimeSettings;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.testing.mailbox.TestJames;

class MessageIntakeTest {
    private static final byte[] PLAIN = "Subject: secret\r\n\r\nsecret\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIME = Letters.inAscii().getBytes(StandardCharsets.US_ASCII);

    private static Dime dime(Mode mode) {
        return TestDime.on(Optional.empty(), new DimeSettings(mode, Optional.empty(), Optional.empty()));
    }

    private static Content stored(Dime dime, byte[] message, Optional<Fingerprint> key) {
        return new MessageIntake(dime).stored(new ByteContent(message), key, TestJames.ALICE).blockOptional().orElseThrow();
    }

    private static void shouldBeRefused(Dime dime, byte[] message, Optional<Fingerprint> key, String text) {
        assertThatThrownBy(() -> stored(dime, message, key))
            .hasMessage(text)
            .extracting(failure -> ((ProtocolException) failure).failure()).isEqualTo(Failure.NOT_SUPPORTED);
    }

    @Test
    void plainMessagesShouldStayAsTheyAreWhereTheServerIsTrusted() throws Exception {
        try (InputStream in = stored(dime(Mode.TRUSTFUL), PLAIN, Optional.empty()).getInputStream()) {
            assertThat(in.readAllBytes()).isEqualTo(PLAIN);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = {"CAUTIOUS", "PARANOID"})
    void plainMessagesShouldBeRefusedWhereItIsNot(Mode mode) {
        shouldBeRefused(dime(mode), PLAIN, Optional.empty(), "a plain message is not stored in this account: encrypt it first");
        shouldBeRefused(dime(mode), new byte[] {7}, Optional.empty(), "a plain message is not stored in this account: encrypt it first");
    }

    @Test
    void beginningsShouldBeEnoughToRefuseThem() {
        MessageIntake intake = new MessageIntake(dime(Mode.CAUTIOUS));
        assertThatThrownBy(() -> intake.admit(Arrays.copyOf(PLAIN, 2), Optional.empty(), TestJames.ALICE).block())
            .hasMessage("a plain message is not stored in this account: encrypt it first");
        assertThat(intake.admit(Arrays.copyOf(PLAIN, 1), Optional.empty(), TestJames.ALICE).blockOptional()).isEmpty();
        assertThat(intake.admit(Arrays.copyOf(DIME, 2), Optional.empty(), TestJames.ALICE).blockOptional()).isEmpty();
        assertThat(new MessageIntake(dime(Mode.TRUSTFUL)).admit(PLAIN, Optional.empty(), TestJames.ALICE).blockOptional()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void dimeMessagesShouldStandBehindAHeaderThatTellsNothing(Mode mode) throws Exception {
        Content stored = stored(dime(mode), DIME, Optional.empty());
        try (InputStream in = stored.getInputStream()) {
            byte[] octets = in.readAllBytes();
            assertThat(stored.size()).isEqualTo(octets.length);
            int header = octets.length - DIME.length;
            assertThat(Arrays.copyOfRange(octets, header, octets.length)).isEqualTo(DIME);
            assertThat(new String(octets, 0, header, StandardCharsets.US_ASCII)).matches("MIME-Version: 1.0\r\n"
                + "Date: .{31}\r\nMessage-ID: <[0-9a-f]{32}@dime.invalid>\r\nContent-Type: application/vnd.dime.message\r\n"
                + "Content-Transfer-Encoding: binary\r\n\r\n");
        }
    }

    @Test
    void messagesThatLieAboutTheirLengthsShouldBeRefused() {
        Dime dime = dime(Mode.PARANOID);
        shouldBeRefused(dime, Arrays.copyOf(DIME, DIME.length - 1), Optional.empty(), "not a DIME message: it ends early");
        shouldBeRefused(dime, Arrays.copyOf(DIME, DIME.length + 1), Optional.empty(),
            "not a DIME message: it is longer than its header says");
        byte[] unknown = DIME.clone();
        unknown[6] = 1;
        shouldBeRefused(dime, unknown, Optional.empty(), "not a DIME message: no chunk has the number 1");
        shouldBeRefused(dime, new byte[] {7, 0x37}, Optional.empty(), "not a DIME message: it ends early");
        shouldBeRefused(dime, new byte[] {7, 0x2D, 0, 5, 1}, Optional.empty(), "not a DIME message: it ends early");
    }

    @Test
    void onlyDimeMessagesShouldHaveKeys() {
        Dime dime = dime(Mode.TRUSTFUL);
        TestDime.enrol(dime, TestJames.ALICE);
        Fingerprint key = dime.keys().current(TestJames.ALICE).blockOptional().orElseThrow().id();
        shouldBeRefused(dime, PLAIN, Optional.of(key), "only a DIME message has a key, and this is none");
    }
}
