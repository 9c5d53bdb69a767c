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
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import org.apache.james.mailbox.exception.MailboxException;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.transport.httpclient5.ResponseException;

/** Tells an OpenSearch that is down, too busy or without our index, from one that refuses a request. */
final class OpenSearchFailures {
    private static final Set<Integer> UNAVAILABLE = Set.of(404, 408, 429, 502, 503, 504);

    private OpenSearchFailures() {
    }

    static Throwable map(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof MailboxException) {
            return cause;
        } else if (cause instanceof ResponseException response) {
            return byStatus(response.status(), response);
        } else if (cause instanceof OpenSearchException answered) {
            return byStatus(answered.status(), answered);
        } else if (cause instanceof IOException || cause instanceof TimeoutException || cause instanceof CancellationException
                || cause instanceof IllegalStateException) {
            return new IndexUnavailableException(cause);
        }
        return cause;
    }

    static boolean isUnavailable(int status) {
        return UNAVAILABLE.contains(status);
    }

    private static MailboxException byStatus(int status, Exception cause) {
        return isUnavailable(status) ? new IndexUnavailableException(cause)
            : new MailboxException("The search index (OpenSearch) refused a request", cause);
    }
}
