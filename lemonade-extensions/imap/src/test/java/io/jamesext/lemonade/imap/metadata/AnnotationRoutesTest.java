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

package io.jamesext.lemonade.imap.metadata;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static io.jamesext.testing.mailbox.TestJames.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.authentication.NoAuthenticationFilter;
import org.apache.james.webadmin.mdc.LoggingRequestFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Names;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import spark.Service;

/** A rename by WebAdmin, with a route in the place of James's own. */
@BothBackends
class AnnotationRoutesTest {
    private static final String MINE = "/private/filters/values/mine";
    private static final String OTHER = "/private/other";
    private static final String OURS = "/shared/ours";
    private static final String RENAME = "/users/alice@example.org/rename/bob@example.org";

    private ServerAnnotations annotations;
    private WebAdminServer server;

    /** Where James begins. */
    private record Renaming(String getBasePath) implements Routes {
        @Override
        public void define(Service service) {
            service.post("/users/:oldUser/rename/:newUser", (request, response) -> "begun");
        }
    }

    @BeforeEach
    void start() throws Exception {
        TestJames james = TestJames.create();
        annotations = ServerAnnotations.on(james.cassandra().map(SideTables::create));
        annotations.change(ALICE, Map.of(MINE, Optional.of("ALL"), OTHER, Optional.of("alice"), OURS, Optional.of("us"))).block();
        annotations.change(BOB, Map.of(OTHER, Optional.of("bob"))).block();
        server = Guice.createInjector(binder -> {
            binder.bind(WebAdminConfiguration.class).toInstance(WebAdminConfiguration.TEST_CONFIGURATION);
            binder.bind(Key.get(new TypeLiteral<List<Routes>>() { }, Names.named("webAdminRoutes")))
                .toInstance(List.of(new Renaming("/users"), new AnnotationRoutes(james.users(), annotations)));
            binder.bind(AuthenticationFilter.class).toInstance(new NoAuthenticationFilter());
            binder.bind(MetricFactory.class).to(RecordingMetricFactory.class);
            binder.bind(LoggingRequestFilter.class).toInstance(LoggingRequestFilter.create());
        }).getInstance(WebAdminServer.class).start();
    }

    @AfterEach
    void stop() {
        annotations.change(ALICE, Map.of(MINE, Optional.empty(), OTHER, Optional.empty(), OURS, Optional.empty())).block();
        annotations.change(BOB, Map.of(MINE, Optional.empty(), OTHER, Optional.empty())).block();
        server.destroy();
    }

    @Test
    void annotationsShouldGoAlongAndThoseOfTheNewNameStay() throws Exception {
        assertThat(post(RENAME + "?action=rename").body()).isEqualTo("begun");
        assertThat(annotations.of(BOB).block()).containsOnly(Map.entry(MINE, "ALL"), Map.entry(OTHER, "bob"), Map.entry(OURS, "us"));
        assertThat(annotations.of(ALICE).block()).containsOnlyKeys(OURS);
    }

    @Test
    void whatJamesRefusesShouldMoveNothing() throws Exception {
        for (String path : List.of(RENAME, RENAME + "?action=remove", RENAME + "?action=rename&fromStep=x",
                "/users/alice@example.org/rename/nobody@example.org?action=rename",
                "/users/alice@example.org/rename/alice@example.org?action=rename")) {
            post(path);
        }
        assertThat(annotations.of(ALICE).block()).containsOnlyKeys(MINE, OTHER, OURS);
        assertThat(annotations.of(BOB).block()).containsOnlyKeys(OTHER, OURS);
    }

    private HttpResponse<String> post(String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort().getValue() + path))
            .POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }
}
