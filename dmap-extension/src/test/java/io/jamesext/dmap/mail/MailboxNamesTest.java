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

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSessionUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.failure.ProtocolException;

class MailboxNamesTest {
    private static final MailboxSession ALICE = MailboxSessionUtil.create(Username.of("alice"));

    @ParameterizedTest
    @CsvSource({"Inbox,INBOX", "a/b,a.b", "a.b,a/b", "INBOX/x,INBOX.x"})
    void namesShouldHaveOneCounterpart(String name, String inJames) {
        assertThat(MailboxNames.path(name, ALICE).getName()).isEqualTo(inJames);
        if (!name.equals("Inbox")) {
            assertThat(MailboxNames.name(MailboxNames.path(name, ALICE), ALICE)).isEqualTo(name);
        }
    }

    @Test
    void controlCharactersShouldBeRefused() {
        assertThatThrownBy(() -> MailboxNames.path("a\r\nb", ALICE)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @CsvSource({"*,a/b,true", "%,a/b,false", "%,a,true", "a/%,a/b,true", "a/%,a/b/c,false", "a/*,a/b/c,true", "*b,a/b,true", "%b,a/b,false",
        "inbox,INBOX,true", "sent,Sent,false", "a,ab,false", "ab,a,false", "*%*,x/y,true", "%/%,x/y,true"})
    void patterns(String pattern, String name, boolean matches) {
        assertThat(new MailboxPattern(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*a", "%a"})
    void hostilePatternsShouldBeQuick(String piece) {
        assertThat(new MailboxPattern(piece.repeat(500)).matches("a".repeat(200) + "b")).isFalse();
    }
}
