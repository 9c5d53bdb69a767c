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

package io.jamesext.agap;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.authentication.NoAuthenticationFilter;
import org.apache.james.webadmin.mdc.LoggingRequestFilter;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Names;

import io.jamesext.agap.admin.FolderTagRoutes;

/** An operator and James's WebAdmin, with a user at AGAP beside. */
class FolderTagRoutesTest {
    private static final String ALICES = "/agap/users/alice@example.org/folders/";

    @TempDir
    static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private AgapTestServer server;
    private AgapClient client;
    private WebAdminServer webAdmin;

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder);
        client = new AgapClient(server.connect());
        client.logIn();
        webAdmin = webAdmin(new FolderTagRoutes(server.james().mailboxManager(), server.james().users(), server.services().folders(),
            server.services().tags(), new JsonTransformer())).start();
    }

    /** Only Guice can make one. */
    private static WebAdminServer webAdmin(Routes routes) {
        return Guice.createInjector(binder -> {
            binder.bind(WebAdminConfiguration.class).toInstance(WebAdminConfiguration.TEST_CONFIGURATION);
            binder.bind(Key.get(new TypeLiteral<List<Routes>>() { }, Names.named("webAdminRoutes"))).toInstance(List.of(routes));
            binder.bind(AuthenticationFilter.class).to(NoAuthenticationFilter.class);
            binder.bind(MetricFactory.class).to(RecordingMetricFactory.class);
            binder.bind(LoggingRequestFilter.class).toInstance(LoggingRequestFilter.create());
        }).getInstance(WebAdminServer.class);
    }

    @AfterEach
    void stop() throws Exception {
        webAdmin.destroy();
        client.close();
        server.close();
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webAdmin.getPort().getValue() + path))
            .method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    private int status(String method, String path) throws Exception {
        HttpResponse<String> response = send(method, path);
        assertThat(response.body()).satisfiesAnyOf(body -> assertThat(body).isEmpty(),
            body -> assertThat(body).contains("\"statusCode\":" + response.statusCode()).doesNotContain("Exception"));
        return response.statusCode();
    }

    private String tags(String path) throws Exception {
        HttpResponse<String> response = send("GET", ALICES + path + "/tags");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return response.body();
    }

    @Test
    void tagsShouldBeListedSetAndTakenAway() throws Exception {
        assertThat(tags("ARCHIVE")).isEqualTo("[]");
        assertThat(status("PUT", ALICES + "ARCHIVE/tags/read-only")).isEqualTo(204);
        assertThat(status("PUT", ALICES + "ARCHIVE/tags/NO-COPY")).isEqualTo(204);
        assertThat(status("PUT", ALICES + "ARCHIVE/tags/NO-COPY")).as("again").isEqualTo(204);
        assertThat(tags("ARCHIVE")).isEqualTo("[\"NO-COPY\",\"READ-ONLY\"]");
        assertThat(client.command("COPY 00000001 /ARCHIVE")).singleElement().asString().startsWith("511 ");
        client.command("SLCT /ARCHIVE");
        assertThat(client.command("STAT")).contains(".TAGS NO-COPY READ-ONLY");

        assertThat(status("DELETE", ALICES + "ARCHIVE/tags/READ-ONLY")).isEqualTo(204);
        assertThat(status("DELETE", ALICES + "ARCHIVE/tags/READ-ONLY")).as("again").isEqualTo(204);

        assertThat(tags("ARCHIVE")).isEqualTo("[\"NO-COPY\"]");
        client.command("SLCT /INBOX");
        assertThat(client.command("COPY 00000001 /ARCHIVE")).containsExactly("200 OK COPY completed");
    }

    @Test
    void foldersShouldBeNamedByTheirEncodedPaths() throws Exception {
        client.command("MAKE MESG /ARCHIVE/2000/100% a+b.c é");

        assertThat(status("PUT", ALICES + "ARCHIVE%2F2000%2F100%25%20a%2Bb.c%20%C3%A9/tags/PUBLIC")).isEqualTo(204);

        assertThat(tags("ARCHIVE%2F2000%2F100%25%20a%2Bb.c%20%C3%A9")).isEqualTo("[\"PUBLIC\"]");
        assertThat(tags("%2FARCHIVE%2F2000%2F100%25%20a%2Bb.c%20%C3%A9")).isEqualTo("[\"PUBLIC\"]");
        assertThat(tags("ARCHIVE%2F2000")).isEqualTo("[]");
    }

    @Test
    void whatAFolderHasByItsNatureShouldStay() throws Exception {
        assertThat(tags("INBOX")).isEqualTo("[\"RESERVED\",\"NO-FOLDERS\"]");
        assertThat(status("DELETE", ALICES + "INBOX/tags/RESERVED")).isEqualTo(409);
        assertThat(status("PUT", ALICES + "INBOX/tags/RESERVED")).isEqualTo(409);
        assertThat(status("PUT", ALICES + "TRASH/tags/NO-FOLDERS")).isEqualTo(204);
        assertThat(tags("TRASH")).isEqualTo("[\"RESERVED\",\"NO-FOLDERS\"]");
        assertThat(client.command("MAKE MESG /TRASH/x")).singleElement().asString().startsWith("511 ");
    }

    @Test
    void whatIsNotThereShouldBe404AndNonsense400() throws Exception {
        assertThat(status("GET", ALICES + "missing/tags")).isEqualTo(404);
        assertThat(status("PUT", ALICES + "missing/tags/PUBLIC")).isEqualTo(404);
        assertThat(status("GET", "/agap/users/nobody@example.org/folders/INBOX/tags")).isEqualTo(404);
        assertThat(status("PUT", "/agap/users/nobody@example.org/folders/INBOX/tags/PUBLIC")).isEqualTo(404);
        assertThat(status("PUT", ALICES + "ARCHIVE/tags/NONSENSE")).isEqualTo(400);
        assertThat(status("PUT", ALICES + "a*b/tags/PUBLIC")).isEqualTo(400);
        assertThat(status("PUT", ALICES + "ARCHIVE%2F../tags/PUBLIC")).isEqualTo(400);
        assertThat(status("PUT", ALICES + "%2F/tags/PUBLIC")).isEqualTo(404);
        assertThat(status("GET", "/agap/users/a@b@c/folders/INBOX/tags")).isEqualTo(400);
        assertThat(status("POST", ALICES + "ARCHIVE/tags/PUBLIC")).isEqualTo(404);
        assertThat(tags("ARCHIVE")).isEqualTo("[]");
    }

    @Test
    void aFolderShouldBeTheNamedUsersOnly() throws Exception {
        server.james().mailboxManager().createMailbox(MailboxPath.forUser(ALICE, "Mine"), server.james().session(ALICE));

        assertThat(status("PUT", "/agap/users/bob@example.org/folders/Mine/tags/PUBLIC")).isEqualTo(404);
        assertThat(tags("Mine")).isEqualTo("[]");
    }
}
