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

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.admin.Accounts;
import io.jamesext.dmap.admin.DimeRoutes;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.ring.SignetName;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.dmap.ring.TestKeys;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.TestJames;

/** An operator and James's WebAdmin. */
class DimeRoutesTest {
    private static final String ALICES = "/dmap/users/alice@example.org/mode";

    private Dime dime;
    private WebAdmin webAdmin;

    @BeforeEach
    void start() throws Exception {
        TestJames james = TestJames.create();
        dime = TestDime.on(james.cassandra().map(SideTables::create), TestDime.settings(Mode.TRUSTFUL));
        webAdmin = new WebAdmin(new DimeRoutes(james.users(), dime, new Accounts(dime), new JsonTransformer()));
    }

    @AfterEach
    void stop() {
        webAdmin.close();
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = webAdmin.send("GET", path, "");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private int status(String method, String path, String body) throws Exception {
        return webAdmin.send(method, path, body).statusCode();
    }

    private TestKeys add(boolean encrypted) {
        TestKeys keys = TestKeys.first();
        dime.keys().add(TestJames.ALICE, new RingKey(TestDime.EXAMPLE_ORG.sign(keys.request(), TestJames.ALICE),
            Optional.of(encrypted ? keys.encrypted() : keys.keys().toBytes()), Instant.now(), Optional.empty())).block();
        return keys;
    }

    @Test
    void modesShouldBeToldSetAndTakenAway() throws Exception {
        assertThat(get(ALICES)).isEqualTo("{\"mode\":\"TRUSTFUL\",\"isDefault\":true}");
        assertThat(status("PUT", ALICES, "CAUTIOUS")).isEqualTo(204);
        assertThat(get(ALICES)).isEqualTo("{\"mode\":\"CAUTIOUS\",\"isDefault\":false}");
        assertThat(dime.modes().of(TestJames.ALICE).block()).isEqualTo(Mode.CAUTIOUS);
        assertThat(status("PUT", ALICES, "PARANOID\n")).isEqualTo(204);
        assertThat(status("DELETE", ALICES, "")).isEqualTo(204);
        assertThat(status("DELETE", ALICES, "")).isEqualTo(204);
        assertThat(get(ALICES)).isEqualTo("{\"mode\":\"TRUSTFUL\",\"isDefault\":true}");
        assertThat(dime.modes().of(TestJames.BOB).block()).isEqualTo(Mode.TRUSTFUL);
    }

    @Test
    void anUnknownUserOrModeShouldBeRefused() throws Exception {
        for (String user : List.of("nobody@example.org", "nobody", "a@b@c", "@", "%20")) {
            assertThat(status("GET", "/dmap/users/" + user + "/mode", "")).as(user).isEqualTo(404);
            assertThat(status("PUT", "/dmap/users/" + user + "/mode", "CAUTIOUS")).as(user).isEqualTo(404);
        }
        for (String mode : List.of("", "cautious", "RELAXED")) {
            assertThat(status("PUT", ALICES, mode)).as(mode).isEqualTo(400);
        }
        assertThat(dime.modes().ownOf(TestJames.ALICE).blockOptional()).isEmpty();
    }

    @Test
    void privateKeysThatTheServerIsNotToHaveShouldOnlyBeDeletedWhenTheOperatorSaysSo() throws Exception {
        TestKeys keys = add(false);
        assertThat(status("PUT", ALICES, "TRUSTFUL")).isEqualTo(204);
        for (String mode : List.of("CAUTIOUS", "PARANOID")) {
            HttpResponse<String> refused = webAdmin.send("PUT", ALICES, mode);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("?privateKeys=delete deletes them");
        }
        assertThat(dime.modes().of(TestJames.ALICE).block()).isEqualTo(Mode.TRUSTFUL);
        assertThat(dime.keys().privateKeys(TestJames.ALICE, keys.id()).blockOptional()).isPresent();
        assertThat(status("PUT", ALICES + "?privateKeys=delete", "PARANOID")).isEqualTo(204);
        assertThat(dime.keys().privateKeys(TestJames.ALICE, keys.id()).blockOptional()).isEmpty();
        assertThat(dime.keys().current(TestJames.ALICE).block().id()).isEqualTo(keys.id());
    }

    @Test
    void whatItsOwnerHasEncryptedMayStayInCautiousMode() throws Exception {
        TestKeys keys = add(true);
        assertThat(status("PUT", ALICES, "CAUTIOUS")).isEqualTo(204);
        assertThat(status("PUT", ALICES, "PARANOID")).isEqualTo(409);
        assertThat(dime.keys().privateKeys(TestJames.ALICE, keys.id()).blockOptional()).isPresent();
    }

    @Test
    void whatARemovedUserHasLeftShouldBeForgotten() throws Exception {
        Username gone = Username.of("gone@example.org");
        TestDime.enrol(dime, gone);
        dime.ring().put(gone, SignetName.of("example.org"), TestDime.EXAMPLE_ORG.signet(), Optional.empty()).block();
        dime.modes().set(gone, Mode.PARANOID).block();
        add(false);
        assertThat(status("DELETE", "/dmap/users/alice@example.org", "")).isEqualTo(409);
        assertThat(status("DELETE", "/dmap/users/a@b@c", "")).isEqualTo(404);
        assertThat(status("DELETE", "/dmap/users/gone@example.org", "")).isEqualTo(204);
        assertThat(status("DELETE", "/dmap/users/gone@example.org", "")).isEqualTo(204);
        assertThat(dime.keys().all(gone).collectList().block()).isEmpty();
        assertThat(dime.ring().names(gone).collectList().block()).isEmpty();
        assertThat(dime.modes().ownOf(gone).blockOptional()).isEmpty();
        assertThat(dime.keys().current(TestJames.ALICE).blockOptional()).isPresent();
    }

    @Test
    void domainsWithKeysShouldBeToldByTheirFingerprints() throws Exception {
        assertThat(get("/dmap/organisations")).isEqualTo("[{\"domain\":\"example.org\",\"fingerprint\":\""
            + TestDime.EXAMPLE_ORG.signet().fingerprint(SignetLevel.CRYPTO) + "\",\"level\":\"CRYPTO\"}]");
    }
}
