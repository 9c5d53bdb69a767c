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
import java.io.InputStream;
import java.util.Objects;

import org.apache.james.lifecycle.api.Startable;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Waits at James's start until OpenSearch answers, as long as {@code opensearch.retryConnection.*} says, and creates the index and its
 * aliases where they are missing. An index that something else made is named and left alone: its documents are not ours.
 */
@Singleton
public final class IndexCreation implements Startable {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexCreation.class);
    private static final String MAPPING = "mailbox-index.json";
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private final OpenSearchGenericClient client;
    private final OpenSearchSettings settings;
    private final ObjectMapper json = OpenSearchTransports.json();

    @Inject
    public IndexCreation(OpenSearchTransport transport, OpenSearchSettings settings) {
        this.client = new OpenSearchGenericClient(transport);
        this.settings = settings;
    }

    /** Blocks until the index is there. */
    public void create() {
        OpenSearchSettings.Connection connection = settings.connection();
        Mono.fromCallable(this::createOnce)
            .doOnError(IOException.class, e -> LOGGER.warn("OpenSearch at {} does not answer yet: {}", settings.addresses(), e.toString()))
            .retryWhen(Retry.backoff(connection.maxRetries(), connection.minDelay()).filter(IOException.class::isInstance)
                .onRetryExhaustedThrow((retry, signal) -> new IllegalStateException("OpenSearch at " + settings.addresses()
                    + " did not answer after " + (signal.totalRetries() + 1) + " attempts", signal.failure())))
            .block();
    }

    /** As {@link #create}, once and without blocking the caller: for an index that an operator deleted. */
    Mono<Void> whereMissing() {
        return Mono.fromCallable(this::createOnce).subscribeOn(Schedulers.boundedElastic())
            .onErrorMap(IOException.class, IndexUnavailableException::new).then();
    }

    private boolean createOnce() throws IOException {
        OpenSearchSettings.Index index = settings.index();
        try (Response mapping = send("GET", "/" + index.name() + "/_mapping", null)) {
            if (mapping.getStatus() == NOT_FOUND) {
                createIndex(index);
            } else {
                checkSchema(index.name(), content(required(mapping)));
            }
        }
        ensureAlias(index.readAlias(), index.name());
        ensureAlias(index.writeAlias(), index.name());
        return true;
    }

    private void createIndex(OpenSearchSettings.Index index) throws IOException {
        ObjectNode definition = definition();
        definition.withObject("/settings").put("number_of_shards", index.shards().primaries())
            .put("number_of_replicas", index.shards().replicas())
            .put("write.wait_for_active_shards", String.valueOf(index.shards().activeAtCreation()));
        try (Response created = send("PUT", "/" + index.name(), definition)) {
            // Another node of James may have been faster.
            boolean raced = created.getStatus() == BAD_REQUEST && content(created).toString().contains("resource_already_exists_exception");
            if (!raced) {
                required(created);
                LOGGER.info("Created the index {} on OpenSearch at {}: mail of before is found when WebAdmin has reindexed it",
                    index.name(), settings.addresses());
            }
        }
    }

    private void ensureAlias(String alias, String index) throws IOException {
        try (Response known = send("GET", "/_alias/" + alias, null)) {
            if (known.getStatus() != NOT_FOUND) {
                if (!content(required(known)).has(index)) {
                    LOGGER.warn("The alias {} is not on the index {} and is left where it is: moving it is the operator's", alias, index);
                }
                return;
            }
        }
        try (Response added = send("PUT", "/" + index + "/_alias/" + alias, null)) {
            required(added);
        }
    }

    private void checkSchema(String index, JsonNode mappings) throws IOException {
        JsonNode wanted = definition().at("/mappings/_meta/schema");
        for (JsonNode mapping : mappings) {
            if (!wanted.equals(mapping.at("/mappings/_meta/schema"))) {
                throw new IllegalStateException("The OpenSearch index " + index + " was not made by this server (or by another version of"
                    + " it): name a new one in opensearch.properties, opensearch.index.mailbox.name, and reindex by WebAdmin");
            }
        }
    }

    private ObjectNode definition() throws IOException {
        try (InputStream resource = Objects.requireNonNull(IndexCreation.class.getResourceAsStream(MAPPING))) {
            return (ObjectNode) json.readTree(resource);
        }
    }

    private Response send(String method, String path, @Nullable JsonNode body) throws IOException {
        Requests.JsonBodyBuilder request = Requests.builder().method(method).endpoint(path);
        return client.execute((body == null ? request : request.json(body.toString())).build());
    }

    private Response required(Response response) throws IOException {
        if (OpenSearchFailures.isUnavailable(response.getStatus())) {
            throw new IOException("OpenSearch answers " + response.getStatus());
        } else if (response.getStatus() >= BAD_REQUEST) {
            throw new IllegalStateException("OpenSearch at " + settings.addresses() + " refuses " + response.getMethod() + " "
                + response.getUri() + ": " + response.getStatus() + " " + content(response));
        }
        return response;
    }

    private JsonNode content(Response response) throws IOException {
        return response.getBody().isEmpty() ? json.createObjectNode() : json.readTree(response.getBody().get().body());
    }
}
