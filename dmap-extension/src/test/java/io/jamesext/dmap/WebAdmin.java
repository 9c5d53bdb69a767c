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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.authentication.NoAuthenticationFilter;
import org.apache.james.webadmin.mdc.LoggingRequestFilter;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Names;

/** James's WebAdmin with some routes, and an operator. */
final class WebAdmin implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebAdminServer server;

    WebAdmin(Routes... routes) {
        this(new NoAuthenticationFilter(), routes);
    }

    /** Only Guice can make one. */
    WebAdmin(AuthenticationFilter authentication, Routes... routes) {
        this.server = Guice.createInjector(binder -> {
            binder.bind(WebAdminConfiguration.class).toInstance(WebAdminConfiguration.TEST_CONFIGURATION);
            binder.bind(Key.get(new TypeLiteral<List<Routes>>() { }, Names.named("webAdminRoutes"))).toInstance(List.of(routes));
            binder.bind(AuthenticationFilter.class).toInstance(authentication);
            binder.bind(MetricFactory.class).to(RecordingMetricFactory.class);
            binder.bind(LoggingRequestFilter.class).toInstance(LoggingRequestFilter.create());
        }).getInstance(WebAdminServer.class).start();
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort().getValue() + path))
            .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.destroy();
    }
}
