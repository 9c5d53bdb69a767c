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

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What is mailed to who has forgotten the password, and what can be done with it. XIMSS, "Pre-Login Operations", recoverPassword. */
@BothBackends
class RecoveryTest {
    private static final String ADDRESS = "alice@example.net";
    private static final Set<String> ALLOWED = Set.of("listFeatures", "noop", "bye", "passwordModify");
    private static final String DENIED = " errorText=\"authentication failed\" errorNum=\"535\"/>";
    private static final Pattern SECRET = Pattern.compile("^ {4}(?<secret>[A-Za-z0-9_-]{22})$", Pattern.MULTILINE);
    /** As long as a secret. */
    private static final String OTHER = "abcdefghijklmnopqrstuv";

    @TempDir
    Path folder;
    private XimssTestServer server;

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
        ask("<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0"
            + "<passwordModify id=\"P\" oldPassword=\"secret\" recoveryEmail=\"" + ADDRESS + "\"/>\0", "P");
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    /** On a connection of their own: the last answer. */
    private String ask(String requests, String lastId) throws Exception {
        try (XimssTestClient client = server.client()) {
            client.send(requests);
            return client.readUntil("<response id=\"" + lastId + "\"");
        }
    }

    private String secret() throws Exception {
        assertThat(ask("<recoverPassword id=\"R\" userName=\"alice\"/>\0", "R")).isEqualTo("<response id=\"R\"/>");
        Matcher secret = SECRET.matcher(server.mail.next().text());
        assertThat(secret.find()).isTrue();
        return secret.group("secret");
    }

    private String logIn(String password) throws Exception {
        return ask("<login id=\"L\" authData=\"alice@example.org\" password=\"" + password + "\"/>\0", "L");
    }

    private void changePasswordAsAnOperatorDoes() throws Exception {
        User user = server.james.users().getUserByName(TestJames.ALICE);
        user.setPassword("changed");
        server.james.users().updateUser(user);
    }

    private void assertNothingIsMailed() throws Exception {
        assertThat(ask("<recoverPassword id=\"R\" userName=\"alice\"/>\0", "R")).isEqualTo("<response id=\"R\"/>");
        Thread.sleep(300);
        assertThat(server.mail.isEmpty()).isTrue();
    }

    @Test
    void mailShouldGoToTheAddressFromNobody() throws Exception {
        ask("<recoverPassword id=\"R\" domain=\"example.org\" userName=\"alice\"/>\0", "R");
        SubmittedMail.Sent sent = server.mail.next();
        assertThat(sent.mail().getRecipients()).containsExactly(new MailAddress(ADDRESS));
        assertThat(sent.mail().getMaybeSender().isNullSender()).isTrue();
        assertThat(sent.text()).contains("From: postmaster@example.org\r\n", "To: " + ADDRESS + "\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "the password of alice@example.org.\r\n");
    }

    @Test
    void secretShouldLogInOnlyToSetANewPassword() throws Exception {
        String secret = secret();
        try (XimssTestClient client = server.client()) {
            client.send("<login id=\"L\" authData=\"alice@example.org\" password=\"" + secret + "\"/>\0");
            assertThat(client.read()).startsWith("<session id=\"L\"").contains("userName=\"alice@example.org\"");
            assertThat(client.read()).isEqualTo("<response id=\"L\"/>");
            for (String verb : OperationsTest.table(server.james).names()) {
                if (ALLOWED.contains(verb)) {
                    continue;
                }
                client.send("<" + verb + " id=\"X\"/>\0");
                assertThat(client.read()).as(verb)
                    .isEqualTo("<response id=\"X\" errorText=\"the command cannot be used in this state\" errorNum=\"503\"/>");
            }
            client.send("<noop id=\"N\"/>\0<passwordModify id=\"P1\" oldPassword=\"" + secret + "\" recoveryEmail=\"m@example.net\"/>\0"
                + "<passwordModify id=\"P2\" oldPassword=\"secret\" newPassword=\"stolen\"/>\0"
                + "<passwordModify id=\"P3\" oldPassword=\"" + secret + "\" newPassword=\"new\"/>\0<mailboxSubList id=\"M\"/>\0");
            assertThat(client.read()).isEqualTo("<response id=\"N\"/>");
            assertThat(client.read()).contains("id=\"P1\"", "the attribute newPassword is missing");
            assertThat(client.read()).isEqualTo("<response id=\"P2\"" + DENIED);
            assertThat(client.read()).isEqualTo("<response id=\"P3\"/>");
            assertThat(client.readUntil("<response")).isEqualTo("<response id=\"M\"/>");
        }
        assertThat(logIn(secret)).isEqualTo("<response id=\"L\"" + DENIED);
        assertThat(logIn("secret")).isEqualTo("<response id=\"L\"" + DENIED);
        assertThat(logIn("new")).isEqualTo("<response id=\"L\"/>");
    }

    @Test
    void passwordShouldStayGoodUntilThen() throws Exception {
        secret();
        assertThat(logIn("secret")).isEqualTo("<response id=\"L\"/>");
        assertThat(logIn(OTHER)).isEqualTo("<response id=\"L\"" + DENIED);
    }

    @Test
    void secretShouldSetOnePassword() throws Exception {
        String secret = secret();
        String logIn = "<login id=\"L\" authData=\"alice@example.org\" password=\"" + secret + "\"/>\0";
        try (XimssTestClient first = server.client(); XimssTestClient second = server.client()) {
            first.send(logIn);
            assertThat(first.readUntil("<response")).isEqualTo("<response id=\"L\"/>");
            second.send(logIn);
            assertThat(second.readUntil("<response")).isEqualTo("<response id=\"L\"/>");
            first.send("<passwordModify id=\"P\" oldPassword=\"" + secret + "\" newPassword=\"new\"/>\0");
            assertThat(first.read()).isEqualTo("<response id=\"P\"/>");
            second.send("<passwordModify id=\"P\" oldPassword=\"" + secret + "\" newPassword=\"other\"/>\0<mailboxSubList id=\"M\"/>\0");
            assertThat(second.read()).isEqualTo("<response id=\"P\"" + DENIED);
            assertThat(second.read()).contains("id=\"M\"", "errorNum=\"503\"");
        }
        assertThat(logIn(secret)).isEqualTo("<response id=\"L\"" + DENIED);
        assertThat(logIn("new")).isEqualTo("<response id=\"L\"/>");
    }

    @Test
    void sessionOfASecretShouldEndWithThePassword() throws Exception {
        String secret = secret();
        try (XimssTestClient client = server.client()) {
            client.send("<login id=\"L\" authData=\"alice@example.org\" password=\"" + secret + "\"/>\0");
            assertThat(client.readUntil("<response")).isEqualTo("<response id=\"L\"/>");
            changePasswordAsAnOperatorDoes();
            client.send("<passwordModify id=\"P\" oldPassword=\"" + secret + "\" newPassword=\"stolen\"/>\0");
            assertThat(client.read()).isEqualTo("<response id=\"P\"" + DENIED);
        }
        assertThat(logIn("changed")).isEqualTo("<response id=\"L\"/>");
    }

    @Test
    void secretShouldEndWithThePassword() throws Exception {
        String secret = secret();
        changePasswordAsAnOperatorDoes();
        assertThat(logIn(secret)).isEqualTo("<response id=\"L\"" + DENIED);
        assertThat(logIn("changed")).isEqualTo("<response id=\"L\"/>");
    }

    @Test
    void addressShouldEndWithThePasswordThatItWasSetWith() throws Exception {
        changePasswordAsAnOperatorDoes();
        assertNothingIsMailed();
    }

    @Test
    void secretShouldBeNobodyElses() throws Exception {
        String secret = secret();
        assertThat(ask("<login id=\"L\" authData=\"bob@example.org\" password=\"" + secret + "\"/>\0", "L"))
            .isEqualTo("<response id=\"L\"" + DENIED);
    }

    @Test
    void addressShouldStayWhenItsUserChangesThePassword() throws Exception {
        ask("<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0"
            + "<passwordModify id=\"P\" oldPassword=\"secret\" newPassword=\"new\"/>\0", "P");
        assertThat(logIn(secret())).isEqualTo("<response id=\"L\"/>");
    }

    @Test
    void nothingShouldBeMailedWithoutAnAddressOrAUser() throws Exception {
        ask("<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0"
            + "<passwordModify id=\"P\" oldPassword=\"secret\" recoveryEMail=\"\"/>\0", "P");
        ask("<recoverPassword id=\"R\" userName=\"nobody\"/>\0", "R");
        assertNothingIsMailed();
    }

    /** Somebody else may ask, and would end what is on its way. */
    @Test
    void whoAsksAgainShouldGetNoOtherMailWhileOneIsGood() throws Exception {
        String secret = secret();
        assertNothingIsMailed();
        assertThat(logIn(secret)).isEqualTo("<response id=\"L\"/>");
        ask("<login id=\"L\" authData=\"alice@example.org\" password=\"" + secret + "\"/>\0<passwordModify id=\"P\" oldPassword=\"" + secret
            + "\" newPassword=\"new\"/>\0", "P");
        assertThat(logIn(secret())).isEqualTo("<response id=\"L\"/>");
    }

    @Test
    void secretOfAnEarlierPasswordShouldBeInNobodysWay() throws Exception {
        secret();
        ask("<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0"
            + "<passwordModify id=\"P\" oldPassword=\"secret\" newPassword=\"new\"/>\0", "P");
        assertThat(logIn(secret())).isEqualTo("<response id=\"L\"/>");
    }

    @Test
    void mailThatCouldNotBeQueuedShouldBeTriedAgain() throws Exception {
        server.mail.refuses = true;
        assertNothingIsMailed();
        server.mail.refuses = false;
        assertThat(logIn(secret())).isEqualTo("<response id=\"L\"/>");
    }

    /** James's users, who cannot be had once. */
    private static UsersRepository failingOnce(UsersRepository users, AtomicBoolean fails) {
        return (UsersRepository) Proxy.newProxyInstance(RecoveryTest.class.getClassLoader(), new Class<?>[] {UsersRepository.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("getUserByName") && fails.compareAndSet(true, false)) {
                    throw new UsersRepositoryException("not now");
                }
                return method.invoke(users, arguments);
            });
    }

    @Test
    void secretShouldStayGoodWhenThePasswordCouldNotBeSet() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        server.close();
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN, bus -> bus, services -> new XimssServerFactory(
            new XimssServices(services.mailboxManager(), services.mailboxes(), services.classes(), services.subscriptions(),
                services.settings(), services.eventBus(), services.authentication(), services.domains(), services.submission(),
                failingOnce(services.users(), fails), services.quotas(), services.quotaRoots(), services.files(), services.web(),
                services.commands(), services.tables(), services.accounts(), services.personalFiles(), services.scripts())));
        ask("<login id=\"L\" authData=\"alice@example.org\" password=\"secret\"/>\0"
            + "<passwordModify id=\"P\" oldPassword=\"secret\" recoveryEmail=\"" + ADDRESS + "\"/>\0", "P");
        String secret = secret();
        try (XimssTestClient client = server.client()) {
            client.send("<login id=\"L\" authData=\"alice@example.org\" password=\"" + secret + "\"/>\0");
            assertThat(client.readUntil("<response")).isEqualTo("<response id=\"L\"/>");
            String modify = "<passwordModify id=\"P\" oldPassword=\"" + secret + "\" newPassword=\"new\"/>\0";
            fails.set(true);
            client.send(modify + modify + modify);
            assertThat(client.read()).isEqualTo("<response id=\"P\" errorText=\"internal server error\" errorNum=\"451\"/>");
            assertThat(client.read()).isEqualTo("<response id=\"P\"/>");
            assertThat(client.read()).isEqualTo("<response id=\"P\"" + DENIED);
        }
        assertThat(logIn("new")).isEqualTo("<response id=\"L\"/>");
    }

    @Test
    void passwordThatLooksLikeASecretShouldWork() throws Exception {
        server.james.users().addUser(Username.of("erin@example.org"), OTHER);
        assertThat(ask("<login id=\"L\" authData=\"erin@example.org\" password=\"" + OTHER + "\"/>\0", "L"))
            .isEqualTo("<response id=\"L\"/>");
    }
}
