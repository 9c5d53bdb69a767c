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
package io.jamesext.groupware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

@BothBackends
class MailboxClassesTest {
    private final MailboxPath contacts = MailboxPath.forUser(TestJames.ALICE, "Contacts");
    private TestJames james;
    private MailboxSession session;
    private MailboxClasses classes;

    @BeforeEach
    void start() throws Exception {
        james = TestJames.create();
        session = james.session(TestJames.ALICE);
        james.mailboxManager().createMailbox(contacts, session);
        classes = new MailboxClasses(james.mailboxManager());
    }

    @Test
    void aMailboxShouldHaveNoClassAtFirst() {
        assertThat(classes.get(contacts, session).blockOptional()).isEmpty();
    }

    @Test
    void theClassShouldBeKeptAndMoveWithTheMailbox() throws Exception {
        classes.set(contacts, "IPF.Contact", session).block();
        assertThat(classes.get(contacts, session).block()).isEqualTo("IPF.Contact");
        MailboxPath people = MailboxPath.forUser(TestJames.ALICE, "People");
        james.mailboxManager().renameMailbox(contacts, people, session);
        assertThat(classes.get(people, session).block()).isEqualTo("IPF.Contact");
    }

    @Test
    void aMissingMailboxShouldFail() {
        MailboxPath missing = MailboxPath.forUser(TestJames.ALICE, "Missing");
        assertThatThrownBy(() -> classes.set(missing, "IPF.Contact", session).block())
            .satisfies(error -> assertThat(MailboxFailures.of(error).failure()).isEqualTo(Failure.NO_SUCH_MAILBOX));
    }

    @Test
    void somebodyElsesMailboxShouldStayClosed() {
        assertThatThrownBy(() -> classes.set(contacts, "IPF.Contact", james.session(TestJames.BOB)).block())
            .satisfies(error -> assertThat(MailboxFailures.of(error).failure()).isIn(Failure.NO_SUCH_MAILBOX, Failure.NO_PERMISSION));
    }

    @Test
    void oddClassesShouldBeRefused() {
        assertThatThrownBy(() -> classes.set(contacts, "two words", session).block()).hasMessage("not a possible mailbox class");
        assertThatThrownBy(() -> classes.set(contacts, "x".repeat(256), session).block()).hasMessage("not a possible mailbox class");
    }
}
