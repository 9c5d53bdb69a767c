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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;
import static spark.Spark.halt;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.adapter.mailbox.MailboxUsernameChangeTaskStep;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.task.Hostname;
import org.apache.james.task.MemoryTaskManager;
import org.apache.james.task.TaskId;
import org.apache.james.task.TaskManager;
import org.apache.james.user.api.UsernameChangeTaskStep;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.authentication.NoAuthenticationFilter;
import org.apache.james.webadmin.routes.UsernameChangeRoutes;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import com.google.inject.Guice;
import com.google.inject.TypeLiteral;

import io.jamesext.dmap.admin.Accounts;
import io.jamesext.dmap.admin.RenameRoutes;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.KeyRing;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.ring.SignetName;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.dmap.ring.TestKeys;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** A rename by James's own route, task and step for mailboxes. */
@BothBackends
class RenameRoutesTest {
    private static final String RENAME = "/users/alice@example.org/rename/bob@example.org?action=rename";

    private final List<Mode> modesBeforeMailboxes = new ArrayList<>();
    private final TaskManager tasks = new MemoryTaskManager(new Hostname("test"));
    private TestJames james;
    private Dime dime;
    private WebAdmin webAdmin;

    /** James's step for mailboxes, and what the new account's mode is when it begins. */
    private final class MailboxesStep implements UsernameChangeTaskStep {
        private final UsernameChangeTaskStep mailboxes =
            new MailboxUsernameChangeTaskStep((StoreMailboxManager) james.mailboxManager(), james.subscriptionManager());

        @Override
        public StepName name() {
            return mailboxes.name();
        }

        @Override
        public int priority() {
            return mailboxes.priority();
        }

        @Override
        public Publisher<Void> changeUsername(Username from, Username to) {
            return dime.modes().of(to).doOnNext(modesBeforeMailboxes::add).then(Mono.from(mailboxes.changeUsername(from, to)));
        }
    }

    @BeforeEach
    void start() throws Exception {
        james = TestJames.create();
        dime = TestDime.on(james.cassandra().map(SideTables::create), TestDime.settings(Mode.TRUSTFUL));
        webAdmin = webAdmin(new NoAuthenticationFilter());
    }

    /** James's own routes come first, as it adds those of webadmin.properties behind them. */
    private WebAdmin webAdmin(AuthenticationFilter authentication) {
        Routes jamesOwn = Guice.createInjector(binder -> {
            binder.bind(UsersRepository.class).toProvider(james::users);
            binder.bind(TaskManager.class).toInstance(tasks);
            binder.bind(JsonTransformer.class).toProvider(JsonTransformer::new);
            binder.bind(new TypeLiteral<Set<UsernameChangeTaskStep>>() { }).toInstance(Set.of(new MailboxesStep()));
        }).getInstance(UsernameChangeRoutes.class);
        return new WebAdmin(authentication, jamesOwn, new RenameRoutes(james.users(), new Accounts(dime)));
    }

    @AfterEach
    void stop() throws Exception {
        webAdmin.close();
        ((MemoryTaskManager) tasks).stop();
    }

    private void rename() throws Exception {
        HttpResponse<String> answer = webAdmin.send("POST", RENAME, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String task = answer.body().replaceAll("\\{\"taskId\":\"(.*)\"}", "$1");
        assertThat(tasks.await(TaskId.fromString(task), Duration.ofMinutes(1)).getStatus()).isEqualTo(TaskManager.Status.COMPLETED);
    }

    private void add(Username user, TestKeys keys) {
        assertThat(dime.keys().add(user, new RingKey(TestDime.EXAMPLE_ORG.sign(keys.request(), user), Optional.of(keys.keys().toBytes()),
            Instant.now(), Optional.empty())).block()).isEqualTo(KeyRing.Addition.ADDED);
    }

    private List<Fingerprint> ids(Username user) {
        return dime.keys().all(user).map(RingKey::id).collectList().block();
    }

    @Test
    void modeKeysAndSignetsShouldGoAlong() throws Exception {
        TestKeys first = TestKeys.first();
        TestKeys second = first.next();
        add(TestJames.ALICE, first);
        add(TestJames.ALICE, second);
        SignetName name = SignetName.of("example.org");
        dime.ring().put(TestJames.ALICE, name, TestDime.EXAMPLE_ORG.signet(), Optional.empty()).block();
        dime.modes().set(TestJames.ALICE, Mode.TRUSTFUL).block();
        james.append(TestJames.ALICE, "INBOX", "Subject: hers\n\nbody\n");
        rename();
        assertThat(ids(TestJames.BOB)).containsExactly(second.id(), first.id());
        assertThat(dime.keys().privateKeys(TestJames.BOB, first.id()).block()).isEqualTo(first.keys().toBytes());
        assertThat(dime.keys().privateKeys(TestJames.BOB, second.id()).block()).isEqualTo(second.keys().toBytes());
        assertThat(dime.modes().ownOf(TestJames.BOB).block()).isEqualTo(Mode.TRUSTFUL);
        assertThat(dime.ring().find(TestJames.BOB, name).block()).isEqualTo(TestDime.EXAMPLE_ORG.signet());
        assertThat(ids(TestJames.ALICE)).isEmpty();
        assertThat(dime.ring().names(TestJames.ALICE).collectList().block()).isEmpty();
        assertThat(james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.BOB), james.session(TestJames.BOB))
            .getMessageCount(james.session(TestJames.BOB))).isEqualTo(1);
        // The chain of custody goes on, and a second run finds nothing to do.
        add(TestJames.BOB, second.next());
        rename();
        assertThat(ids(TestJames.BOB)).hasSize(3);
    }

    @Test
    void theModeShouldBeThereBeforeTheMailboxesAreAndTheFormerAccountShouldKeepIt() throws Exception {
        dime.modes().set(TestJames.ALICE, Mode.PARANOID).block();
        rename();
        assertThat(modesBeforeMailboxes).containsExactly(Mode.PARANOID);
        assertThat(dime.modes().of(TestJames.BOB).block()).isEqualTo(Mode.PARANOID);
        assertThat(dime.modes().of(TestJames.ALICE).block()).isEqualTo(Mode.PARANOID);
    }

    @Test
    void keysThatTheNewAccountHasShouldStayTheNewerOnes() throws Exception {
        TestKeys bobs = TestKeys.first();
        TestKeys first = TestKeys.first();
        TestKeys second = first.next();
        add(TestJames.BOB, bobs);
        add(TestJames.ALICE, first);
        add(TestJames.ALICE, second);
        rename();
        assertThat(ids(TestJames.BOB)).containsExactly(bobs.id(), second.id(), first.id());
        add(TestJames.BOB, bobs.next());
    }

    @Test
    void aRenameThatEndedHalfWayShouldGoOn() throws Exception {
        TestKeys first = TestKeys.first();
        TestKeys second = first.next();
        add(TestJames.ALICE, first);
        add(TestJames.ALICE, second);
        // As it is when the first of them was written and not removed yet.
        add(TestJames.BOB, second);
        rename();
        assertThat(ids(TestJames.BOB)).containsExactly(second.id(), first.id());
        assertThat(ids(TestJames.ALICE)).isEmpty();
    }

    @Test
    void accountsThatWereGivenDifferentModesShouldBeRefusedBeforeJamesBegins() throws Exception {
        TestKeys keys = TestKeys.first();
        add(TestJames.ALICE, keys);
        dime.modes().set(TestJames.BOB, Mode.CAUTIOUS).block();
        assertRefused("the two accounts have different modes");
        assertThat(ids(TestJames.ALICE)).containsExactly(keys.id());
        assertThat(dime.modes().of(TestJames.BOB).block()).isEqualTo(Mode.CAUTIOUS);
    }

    @Test
    void privateKeysThatDoNotGoWithTheModeShouldBeRefused() throws Exception {
        add(TestJames.BOB, TestKeys.first());
        dime.modes().set(TestJames.ALICE, Mode.PARANOID).block();
        assertRefused("the two accounts have different modes");
        assertThat(dime.modes().ownOf(TestJames.BOB).blockOptional()).isEmpty();
    }

    private void assertRefused(String cause) throws Exception {
        HttpResponse<String> refused = webAdmin.send("POST", RENAME, "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains(cause);
        assertThat(modesBeforeMailboxes).isEmpty();
        assertThat(tasks.list()).isEmpty();
    }

    @Test
    void whatJamesRefusesShouldMoveNothing() throws Exception {
        TestKeys keys = TestKeys.first();
        add(TestJames.ALICE, keys);
        for (String path : List.of("/users/alice@example.org/rename/nobody@example.org?action=rename",
            "/users/alice@example.org/rename/bob@example.org", "/users/alice@example.org/rename/bob@example.org?action=remove",
            "/users/alice@example.org/rename/bob@example.org?action=rename&fromStep=nowhere",
            "/users/alice@example.org/rename/a@b@c?action=rename")) {
            assertThat(webAdmin.send("POST", path, "").statusCode()).as(path).isEqualTo(400);
        }
        assertThat(webAdmin.send("GET", RENAME, "").statusCode()).isEqualTo(404);
        assertThat(ids(TestJames.ALICE)).containsExactly(keys.id());
    }

    @Test
    void aUserWhoIsRenamedToTheSameShouldKeepAll() {
        TestKeys keys = TestKeys.first();
        add(TestJames.ALICE, keys);
        new Accounts(dime).rename(TestJames.ALICE, TestJames.ALICE).block();
        assertThat(ids(TestJames.ALICE)).containsExactly(keys.id());
    }

    @Test
    void whoeverMayNotAdministerShouldMoveNothing() throws Exception {
        TestKeys keys = TestKeys.first();
        add(TestJames.ALICE, keys);
        try (WebAdmin closed = webAdmin((request, response) -> halt(401))) {
            assertThat(closed.send("POST", RENAME, "").statusCode()).isEqualTo(401);
        }
        assertThat(ids(TestJames.ALICE)).containsExactly(keys.id());
    }
}
