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
package io.jamesext.opensearch;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5Options;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.transport.httpclient5.HttpAsyncResponseConsumerFactory;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Opens the HTTP transport: a bounded pool of kept-alive connections, every wait bounded, every answer bounded. */
final class OpenSearchTransports {
    /** A page of {@link MailboxIndex#PAGE} hits is below 1 MB; more than this is an error of the server, not worth our heap. */
    private static final int MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
    private static final int IO_THREADS = 2;
    /** Connections idle longer are closed by us, before a load balancer between drops them silently. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(50);

    private OpenSearchTransports() {
    }

    static OpenSearchTransport open(OpenSearchSettings settings) {
        Timeout timeout = Timeout.of(settings.connection().requestTimeout());
        ApacheHttpClient5Options.Builder options = ApacheHttpClient5Options.DEFAULT.toBuilder();
        options.setHttpAsyncResponseConsumerFactory(
            new HttpAsyncResponseConsumerFactory.HeapBufferedResponseConsumerFactory(MAX_RESPONSE_BYTES));
        return ApacheHttpClient5TransportBuilder.builder(settings.hosts().toArray(HttpHost[]::new))
            .setMapper(new JacksonJsonpMapper(json()))
            .setOptions(options.build())
            .setRequestConfigCallback(request -> request.setResponseTimeout(timeout).setConnectionRequestTimeout(timeout))
            .setHttpClientConfigCallback(client -> configure(client, settings, timeout))
            .build();
    }

    static ObjectMapper json() {
        return new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_EMPTY);
    }

    private static HttpAsyncClientBuilder configure(HttpAsyncClientBuilder client, OpenSearchSettings settings, Timeout timeout) {
        settings.login().ifPresent(login -> {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            settings.hosts().forEach(host -> credentials.setCredentials(new AuthScope(host),
                new UsernamePasswordCredentials(login.user(), login.password().toCharArray())));
            client.setDefaultCredentialsProvider(credentials);
        });
        return client
            .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(settings.connection().maxTotal())
                .setMaxConnPerRoute(settings.connection().maxPerHost())
                .setTlsStrategy(tls(settings.tls()))
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(timeout)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(2)).build())
                .build())
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(IO_THREADS).setSoKeepAlive(true).setTcpNoDelay(true)
                .setSoTimeout(timeout).build())
            .evictIdleConnections(IDLE)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement();
    }

    private static TlsStrategy tls(OpenSearchSettings.Tls tls) {
        try {
            SSLContextBuilder context = SSLContextBuilder.create();
            switch (tls.trust()) {
                case ANY -> context.loadTrustMaterial(TrustAllStrategy.INSTANCE);
                case STORE -> loadTrustStore(context, tls.trustStore().orElseThrow());
                case SYSTEM -> { }
            }
            ClientTlsStrategyBuilder strategy = ClientTlsStrategyBuilder.create().setSslContext(context.build());
            if (tls.anyHostName()) {
                strategy.setHostnameVerifier(NoopHostnameVerifier.INSTANCE);
            }
            return strategy.build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("opensearch.properties: opensearch.hostScheme.https: the trust store cannot be used", e);
        }
    }

    private static void loadTrustStore(SSLContextBuilder context, OpenSearchSettings.TrustStore store)
            throws GeneralSecurityException, IOException {
        context.loadTrustMaterial(Path.of(store.path()).toFile(), store.password().toCharArray());
    }
}
