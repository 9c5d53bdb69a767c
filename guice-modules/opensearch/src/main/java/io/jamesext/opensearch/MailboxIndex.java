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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import javax.annotation.PreDestroy;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.opensearch.client.opensearch.OpenSearchAsyncClient;
import org.opensearch.client.opensearch._types.Conflicts;
import org.opensearch.client.opensearch._types.HealthStatus;
import org.opensearch.client.opensearch._types.SortOptions;
import org.opensearch.client.opensearch._types.query_dsl.FieldAndFormat;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.BulkResponse;
import org.opensearch.client.opensearch.core.GetResponse;
import org.opensearch.client.opensearch.core.SearchRequest;
import org.opensearch.client.opensearch.core.SearchResponse;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.transport.OpenSearchTransport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import jakarta.json.JsonNumber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The index of all messages: reads and writes it. What it answers arrives on Reactor's threads, never on the HTTP client's. */
@Singleton
public final class MailboxIndex {
    /** Hits in one answer; a search is read page by page, as far as its reader wants. */
    static final int PAGE = 5000;
    /** Documents deleted in one request: one that takes longer than the time that a request has would look like an outage. */
    private static final long DELETED_AT_ONCE = 5000;
    /** Above this number of mailboxes all shards are searched: their names would not fit into a URL. */
    private static final int MAX_ROUTED = 50;
    /** What is to be changed or deleted and is not there is no failure; a whole index that is not there is one. */
    private static final String NO_SUCH_DOCUMENT = "document_missing_exception";

    private final OpenSearchAsyncClient client;
    private final OpenSearchSettings.Index settings;
    private final Refreshes refreshes;

    @Inject
    public MailboxIndex(OpenSearchTransport transport, OpenSearchSettings settings) {
        this.client = new OpenSearchAsyncClient(transport);
        this.settings = settings.index();
        this.refreshes = new Refreshes(call(() -> client.indices().refresh(request -> request.index(this.settings.readAlias()))).then());
    }

    /** Carries out the operations in one request. */
    Mono<Void> write(List<BulkOperation> operations) {
        return operations.isEmpty() ? Mono.empty()
            : call(() -> client.bulk(bulk -> bulk.index(settings.writeAlias()).requireAlias(true).operations(operations)))
                .flatMap(MailboxIndex::checked);
    }

    /** Fails as unavailable while OpenSearch does not answer or cannot write or search the whole index. */
    Mono<Void> probe() {
        return call(() -> client.cluster().health(health -> health.index(settings.readAlias())))
            .filter(health -> health.status() != HealthStatus.Red)
            .switchIfEmpty(Mono.error(() -> new IndexUnavailableException(new IOException("The state of the index is red"))))
            .then();
    }

    Mono<Void> deleteAll(MailboxId mailbox) {
        return refreshes.refreshed().then(deleteSome(mailbox))
            .expand(deleted -> deleted < DELETED_AT_ONCE ? Mono.empty() : deleteSome(mailbox)).then();
    }

    private Mono<Long> deleteSome(MailboxId mailbox) {
        return call(() -> client.deleteByQuery(delete -> delete.index(settings.writeAlias()).routing(mailbox.serialize())
                .query(Queries.is("mailboxId", mailbox.serialize())).conflicts(Conflicts.Proceed).maxDocs(DELETED_AT_ONCE)
                .refresh(true).waitForCompletion(true)))
            .map(response -> Optional.ofNullable(response.deleted()).orElse(0L));
    }

    Mono<ObjectNode> get(MailboxId mailbox, String id) {
        return call(() -> client.get(get -> get.index(settings.readAlias()).routing(mailbox.serialize()).id(id)
                .sourceIncludes("flags", "userFlags"), ObjectNode.class))
            .filter(GetResponse::found)
            .mapNotNull(GetResponse::source);
    }

    /** All hits, in order, each with its sort values and the fields asked for; every write that was answered before is seen. */
    Flux<Hit<Void>> search(Collection<MailboxId> mailboxes, Query query, List<SortOptions> sorts, List<String> fields) {
        SearchRequest request = request(mailboxes, query, sorts, fields);
        return refreshes.refreshed().then(page(request))
            .expand(page -> page.size() < PAGE ? Mono.empty() : page(after(request, page.get(page.size() - 1))))
            .concatMapIterable(page -> page, 1);
    }

    /** The messages of a mailbox that the index has, each with the MODSEQ up to which it knows its flags. */
    Mono<Map<MessageUid, Long>> modSeqs(MailboxId mailbox, MessageRange range) {
        Query query = Queries.all(List.of(Queries.is("mailboxId", mailbox.serialize()),
            Queries.between("uid", range.getUidFrom().asLong(), range.getUidTo().asLong())));
        return search(List.of(mailbox), query, Sorts.of(List.of()), List.of("modSeq"))
            .collectMap(hit -> MessageDocuments.uid(hit.id()), MailboxIndex::modSeq);
    }

    private static long modSeq(Hit<Void> hit) {
        return ((JsonNumber) Objects.requireNonNull(hit.fields().get("modSeq")).toJson().asJsonArray().get(0)).longValue();
    }

    @PreDestroy
    public void close() throws IOException {
        client._transport().close();
    }

    private SearchRequest request(Collection<MailboxId> mailboxes, Query query, List<SortOptions> sorts, List<String> fields) {
        SearchRequest.Builder request = new SearchRequest.Builder().index(settings.readAlias()).query(query).sort(sorts).size(PAGE)
            .source(source -> source.fetch(false)).trackTotalHits(track -> track.enabled(false)).allowPartialSearchResults(false)
            .docvalueFields(fields.stream().map(field -> FieldAndFormat.of(
                name -> name.field(field))).toList());
        if (mailboxes.size() <= MAX_ROUTED) {
            request.routing(mailboxes.stream().map(MailboxId::serialize).collect(Collectors.joining(",")));
        }
        return request.build();
    }

    private static SearchRequest after(SearchRequest request, Hit<Void> last) {
        return request.toBuilder().searchAfterVals(last.sortVals()).build();
    }

    private Mono<List<Hit<Void>>> page(SearchRequest request) {
        return call(() -> client.search(request, Void.class)).map(SearchResponse::hits).map(hits -> hits.hits());
    }

    private static Mono<Void> checked(BulkResponse response) {
        return response.items().stream().filter(item -> item.error() != null && !NO_SUCH_DOCUMENT.equals(item.error().type())).findFirst()
            .map(item -> Mono.<Void>error(failure(item))).orElse(Mono.empty());
    }

    private static MailboxException failure(BulkResponseItem item) {
        IOException cause = new IOException(item.operationType().jsonValue() + " " + item.id() + ": " + item.status() + " "
            + (item.error() == null ? "" : item.error().type() + " " + item.error().reason()));
        return OpenSearchFailures.isUnavailable(item.status()) ? new IndexUnavailableException(cause)
            : new MailboxException("The search index (OpenSearch) refused a message", cause);
    }

    static <T> Mono<T> call(Callable<CompletableFuture<T>> request) {
        return Mono.defer(() -> {
            try {
                return Mono.fromFuture(request.call());
            } catch (Exception e) {
                return Mono.error(e);
            }
        }).publishOn(Schedulers.parallel()).onErrorMap(OpenSearchFailures::map);
    }
}
