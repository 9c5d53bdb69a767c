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
package io.jamesext.ximss.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.user.api.model.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.upload.UploadFolder;

/** The same for whoever changes the password, on whatever node. */
@BothBackends
class PasswordCheckTest {
    private TestJames james;
    private MailboxSession session;
    private PasswordCheck check;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        session = james.mailboxManager().authenticate(TestJames.ALICE, TestJames.PASSWORD).withoutDelegation();
        check = new PasswordCheck(new XimssSessions(UploadFolder.ofMachine(), james.users(), Duration.ofMinutes(1)));
        check.remember(session).block();
    }

    @Test
    void samePasswordShouldHold() {
        assertThat(check.holds(session).block()).isTrue();
        assertThat(check.isDue()).isFalse();
    }

    @Test
    void anotherPasswordShouldNot() throws Exception {
        User user = james.users().getUserByName(TestJames.ALICE);
        user.setPassword("changed");
        james.users().updateUser(user);
        assertThat(check.holds(session).block()).isFalse();
    }

    @Test
    void userWhoHasGoneShouldNot() throws Exception {
        james.users().removeUser(TestJames.ALICE);
        assertThat(check.holds(session).block()).isFalse();
    }
}
