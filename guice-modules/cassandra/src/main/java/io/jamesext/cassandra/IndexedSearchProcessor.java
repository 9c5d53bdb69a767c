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
package io.jamesext.cassandra;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.SearchRequest;
import org.apache.james.imap.processor.SearchProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;

import com.google.inject.Inject;

import io.jamesext.opensearch.IndexUnavailableException;
import reactor.core.publisher.Mono;

/** James's SEARCH, with a NO that says so when OpenSearch does not answer: James's own says only that something failed. */
final class IndexedSearchProcessor extends SearchProcessor {
    private static final HumanReadableText INDEX_UNAVAILABLE = new HumanReadableText("io.jamesext.SEARCH_INDEX_UNAVAILABLE",
        "failed. The search index does not answer, try again later. Flags and UIDs can be searched.");

    @Inject
    IndexedSearchProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super(mailboxes, responses, metrics);
    }

    @Override
    protected Mono<Void> processRequestReactive(SearchRequest request, ImapSession session, Responder responder) {
        return super.processRequestReactive(request, session, responder).onErrorResume(IndexUnavailableException.class,
            failure -> Mono.fromRunnable(() -> no(request, responder, INDEX_UNAVAILABLE)));
    }
}
