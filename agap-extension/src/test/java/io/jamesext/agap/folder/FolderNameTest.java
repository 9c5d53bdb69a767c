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
package io.jamesext.agap.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;

import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNameTest {
    private static final String CHARACTERS = "aZ09 .%#=:/\\*?\u0001\t\u00a0\u2003äß€😀&~\"";

    private static String random(Random random) {
        StringBuilder name = new StringBuilder();
        for (int length = 1 + random.nextInt(8); length > 0; length--) {
            int[] characters = CHARACTERS.codePoints().toArray();
            boolean hex = random.nextInt(4) == 0;
            name.appendCodePoint(hex ? "=:2EF".charAt(random.nextInt(5)) : characters[random.nextInt(characters.length)]);
        }
        return name.toString();
    }

    @ParameterizedTest
    @CsvSource({"plain,plain", "a.b,a=2Eb", "50%,50=25", "#hash,=23hash", "a#b,a#b", "x=y,x=3Dy", "=2E,=3D2E"})
    void namesShouldBeEscapedInJames(String agap, String james) {
        assertThat(FolderName.toJames(agap, false)).contains(james);
        assertThat(FolderName.toAgap(james, false)).isEqualTo(agap);
    }

    @ParameterizedTest
    @CsvSource({"what?,=:what=3F", "a/b,=:a=2Fb", "=2e,=:=3D2e", "=:x,=:=3D:x"})
    void namesThatJamesHasAndAgapForbidsShouldBeEscapedInAgap(String james, String agap) {
        assertThat(FolderName.toAgap(james, false)).isEqualTo(agap);
        assertThat(FolderName.toJames(agap, false)).contains(james);
    }

    @ParameterizedTest
    @CsvSource({"INBOX,INBOX", "SENT,Sent", "DRAFT,Drafts", "OUTBOX,Outbox", "JUNK,Spam", "TRASH,Trash", "CALENDAR,CALENDAR"})
    void reservedFoldersShouldBeJamesOwnMailboxes(String agap, String james) {
        assertThat(FolderName.toJames(agap, true)).contains(james);
        assertThat(FolderName.toAgap(james, true)).isEqualTo(agap);
    }

    @ParameterizedTest
    @CsvSource({"Inbox,=49nbox", "inbox,=69nbox", "Sent,=53ent", "Drafts,=44rafts", "Spam,=53pam", "Trash,=54rash", "Outbox,=4Futbox"})
    void namesThatAreTakenInJamesAndFreeInAgapShouldBeEscapedInTheRoot(String agap, String james) {
        assertThat(FolderName.toJames(agap, true)).contains(james);
        assertThat(FolderName.toAgap(james, true)).isEqualTo(agap);
        assertThat(FolderName.toJames(agap, false)).contains(agap);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=:plain", "=:Sent", "=:=3D53ent"})
    void namesShouldHaveOneForm(String agap) {
        assertThat(FolderName.toJames(agap, true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SENT,=:SENT", "JUNK,=:JUNK", "Inbox,=:Inbox", "=53ENT,=:=3D53ENT"})
    void mailboxesThatOnlyLookReservedShouldBeReachable(String james, String agap) {
        assertThat(FolderName.toAgap(james, true)).isEqualTo(agap);
        assertThat(FolderName.toJames(agap, true)).contains(james);
    }

    @Test
    void everyNameOfAgapShouldComeBackAndBeLegalInJames() throws Exception {
        long seed = 291;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String name = random(random);
            boolean inRoot = random.nextBoolean();
            Optional<String> mailbox = FolderPath.isName(name) ? FolderName.toJames(name, inRoot) : Optional.empty();
            if (mailbox.isPresent()) {
                assertThat(FolderName.toAgap(mailbox.get(), inRoot)).as("seed %d: %s", seed, mailbox.get()).isEqualTo(name);
            } else {
                assertThat(!FolderPath.isName(name) || name.startsWith("=:")).as("seed %d: %s has no mailbox", seed, name).isTrue();
            }
            if (mailbox.isPresent() && !name.startsWith("=:")) {
                MailboxPath.forUser(Username.of("alice"), mailbox.get()).assertAcceptable('.');
                MailboxPath.forUser(Username.of("alice"), "parent." + mailbox.get() + ".child").assertAcceptable('.');
            }
        }
    }

    @Test
    void everyMailboxShouldHaveANameInAgapThatLeadsBack() {
        long seed = 292;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String mailbox = random(random);
            boolean inRoot = random.nextBoolean();
            String name = FolderName.toAgap(mailbox, inRoot);
            assertThat(FolderPath.isName(name)).as("seed %d: %s", seed, name).isTrue();
            assertThat(FolderName.toJames(name, inRoot)).as("seed %d: %s", seed, name).contains(mailbox);
        }
    }
}
