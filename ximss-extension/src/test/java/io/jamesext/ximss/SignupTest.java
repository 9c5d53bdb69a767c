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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.sieverepository.api.ScriptContent;
import org.apache.james.sieverepository.api.ScriptName;
import org.apache.james.sieverepository.api.exception.ScriptNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** What the transcripts of signup do not show: what those who have gone have left behind, and the clear wire. */
@BothBackends
class SignupTest {
    private static final Username CAROL = Username.of("carol@example.org");
    private static final String SIGNUP = "<signup id=\"S\" userName=\"carol\" password=\"mine\"/>\0";
    private static final String EXISTS = "<response id=\"S\" errorText=\"the account exists already\" errorNum=\"554\"/>";

    @TempDir
    Path folder;
    private XimssTestServer server;

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + "<signup>true</signup>");
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    private static String ask(XimssTestServer server, String requests, String lastId) throws Exception {
        try (XimssTestClient client = server.client()) {
            client.send(requests);
            return client.readUntil("<response id=\"" + lastId + "\"");
        }
    }

    @Test
    void mailOfWhoHasGoneShouldBeNobodyElses() throws Exception {
        server.james.users().addUser(CAROL, "secret");
        server.james.mailboxManager().createMailbox(MailboxPath.forUser(CAROL, "Private"), server.james.session(CAROL));
        server.james.users().removeUser(CAROL);
        assertThat(ask(server, SIGNUP, "S")).isEqualTo(EXISTS);
        assertThat(server.james.users().contains(CAROL)).isFalse();
    }

    /** James asks only whether the name is in the list of who delegates. */
    @Test
    void delegationToWhoHasGoneShouldBeNobodyElses() throws Exception {
        server.james.users().addUser(CAROL, "secret");
        Mono.from(server.james.delegations().addAuthorizedUser(TestJames.ALICE, CAROL)).block();
        server.james.users().removeUser(CAROL);
        assertThat(ask(server, SIGNUP, "S")).isEqualTo(EXISTS);
        Mono.from(server.james.delegations().removeAuthorizedUser(TestJames.ALICE, CAROL)).block();
        assertThat(ask(server, SIGNUP, "S")).isEqualTo("<response id=\"S\"/>");
    }

    @Test
    void rightsOfWhoHasGoneShouldBeNobodyElses() throws Exception {
        server.james.users().addUser(CAROL, "secret");
        server.james.mailboxManager().applyRightsCommand(MailboxPath.inbox(TestJames.ALICE), MailboxACL.command().forUser(CAROL)
            .rights(MailboxACL.Right.Lookup, MailboxACL.Right.Read).asAddition(), server.james.session(TestJames.ALICE));
        server.james.users().removeUser(CAROL);
        assertThat(ask(server, SIGNUP, "S")).isEqualTo(EXISTS);
        assertThat(server.james.users().contains(CAROL)).isFalse();
    }

    @Test
    void rightsToAccountsOfWhoHasGoneShouldBeNobodyElses() throws Exception {
        String update = "<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0"
            + "<accountACLUpdate id=\"A\"><aclElem pattern=\"carol\">la</aclElem></accountACLUpdate>\0";
        ask(server, update, "A");
        assertThat(ask(server, SIGNUP, "S")).isEqualTo(EXISTS);
        ask(server, update.replace(">la<", "><"), "A");
        assertThat(ask(server, SIGNUP, "S")).isEqualTo("<response id=\"S\"/>");
    }

    @Test
    void settingsOfWhoHasGoneShouldBeNobodyElses() throws Exception {
        server.james.users().addUser(CAROL, "secret");
        ask(server, "<login id=\"L\" authData=\"carol@example.org\" password=\"secret\"/>\0"
            + "<prefsStore id=\"1\"><Theme>dark</Theme></prefsStore>\0<accountACLUpdate id=\"2\"><aclElem pattern=\"bob\">la</aclElem>"
            + "</accountACLUpdate>\0", "2");
        server.james.users().removeUser(CAROL);
        assertThat(ask(server, SIGNUP, "S")).isEqualTo("<response id=\"S\"/>");
        try (XimssTestClient carol = server.client()) {
            carol.send("<login id=\"L\" authData=\"carol@example.org\" password=\"mine\"/>\0<prefsRead id=\"1\" type=\"custom\"/>\0"
                + "<accountACLList id=\"2\"/>\0");
            assertThat(carol.readUntil("<prefs")).isEqualTo("<prefs id=\"1\" type=\"custom\"/>");
            assertThat(carol.readUntil("<accountACL")).isEqualTo("<accountACL id=\"2\"/>");
        }
    }

    /** One might send all mail on to who has gone. */
    @Test
    void scriptsOfWhoHasGoneShouldBeNobodyElses() throws Exception {
        server.james.users().addUser(CAROL, "secret");
        ask(server, "<login id=\"L\" authData=\"carol@example.org\" password=\"secret\"/>\0<ruleSet id=\"1\" name=\"a\"><action "
            + "opCode=\"Mirror to\">carol@elsewhere.example</action><action opCode=\"Discard\"/></ruleSet>\0", "1");
        server.james.scripts().putScript(CAROL, new ScriptName("other"), new ScriptContent("keep;"));
        server.james.users().removeUser(CAROL);
        assertThat(server.james.scripts().getActive(CAROL)).isNotEmpty();
        assertThat(ask(server, SIGNUP, "S")).isEqualTo("<response id=\"S\"/>");
        assertThat(server.james.scripts().listScripts(CAROL)).isEmpty();
        assertThatThrownBy(() -> server.james.scripts().getActive(CAROL)).isInstanceOf(ScriptNotFoundException.class);
    }

    @Test
    void recoveryAddressOfTheSignupShouldWork() throws Exception {
        ask(server, SIGNUP.replace("/>", " recoverPassword=\"carol@example.net\"/>"), "S");
        ask(server, "<recoverPassword id=\"R\" userName=\"carol\"/>\0", "R");
        assertThat(server.mail.next().mail().getRecipients()).hasToString("[carol@example.net]");
    }

    @Test
    void passwordShouldNotCrossTheWireInTheClear() throws Exception {
        try (XimssTestServer strict = XimssTestServer.start(folder, "<signup>true</signup>")) {
            assertThat(ask(strict, SIGNUP, "S")).contains("errorNum=\"538\"");
            try (XimssTestClient client = strict.client()) {
                client.send("<listFeatures id=\"F\"/>\0");
                assertThat(client.read()).startsWith("<features").doesNotContain("signup");
            }
            assertThat(strict.james.users().contains(CAROL)).isFalse();
        }
    }

    @Test
    void secondOneOfThatNameShouldBeRefused() throws Exception {
        assertThat(ask(server, SIGNUP, "S")).isEqualTo("<response id=\"S\"/>");
        assertThat(ask(server, SIGNUP.replace("mine", "yours"), "S")).isEqualTo(EXISTS);
        assertThat(server.james.users().test(CAROL, "mine")).isTrue();
        assertThat(server.james.users().test(TestJames.ALICE, TestJames.PASSWORD)).isTrue();
    }
}
