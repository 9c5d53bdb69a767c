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

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.session.XimssSession.State;

/** Every operation in every wrong state, over the wire, with nothing but an id. */
class StateTest {
    /** XIMSS, "Pre-Login Operations" and "Login Operations"; auth only ever answers a challenge. */
    private static final Set<String> BEFORE_LOGIN = Set.of("listFeatures", "readStrings", "starttls", "recoverPassword", "signup",
        "login");
    private static final Set<String> NOT_AFTER_LOGIN = Set.of("starttls", "recoverPassword", "signup", "login", "auth");
    private static final String WRONG_STATE = " errorText=\"the command cannot be used in this state\" errorNum=\"503\"/>";

    @TempDir
    Path folder;
    private XimssTestServer server;
    private List<XimssOperation<?>> operations;

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
        operations = OperationsTest.table(TestJames.create()).all();
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    @Test
    void onlyTheFirstChaptersShouldBeAllowedBeforeTheLogin() throws Exception {
        try (XimssTestClient client = server.client()) {
            for (XimssOperation<?> operation : operations) {
                assertThat(operation.allowedIn().contains(State.PRE_LOGIN)).as(operation.name())
                    .isEqualTo(BEFORE_LOGIN.contains(operation.name()));
                if (!BEFORE_LOGIN.contains(operation.name())) {
                    client.send("<" + operation.name() + " id=\"1\"/>\0");
                    assertThat(client.read()).as(operation.name()).isEqualTo("<response id=\"1\"" + WRONG_STATE);
                }
            }
        }
    }

    @Test
    void loginShouldNotBeRepeated() throws Exception {
        try (XimssTestClient client = server.client().logIn()) {
            for (XimssOperation<?> operation : operations) {
                assertThat(operation.allowedIn().contains(State.LOGGED_IN)).as(operation.name())
                    .isEqualTo(!NOT_AFTER_LOGIN.contains(operation.name()));
                if (NOT_AFTER_LOGIN.contains(operation.name())) {
                    client.send("<" + operation.name() + " id=\"1\"/>\0");
                    assertThat(client.read()).as(operation.name()).isEqualTo("<response id=\"1\"" + WRONG_STATE);
                }
            }
        }
    }
}
