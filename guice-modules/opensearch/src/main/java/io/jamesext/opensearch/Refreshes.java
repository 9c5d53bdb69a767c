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

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

/**
 * Makes what was written visible to the search that comes next. OpenSearch shows writes at its next refresh only. Refreshing with each
 * write is dear when many messages arrive, and a node does not know what other nodes wrote; so each search asks for a refresh, which costs
 * next to nothing where nothing was written. Searches that come while a refresh runs share the one after it: it must begin after they came.
 */
final class Refreshes {
    private final Mono<Void> refresh;
    private @Nullable Mono<Void> running;
    private @Nullable Mono<Void> next;

    Refreshes(Mono<Void> refresh) {
        this.refresh = refresh;
    }

    /** Ends when a refresh has ended that began after this was subscribed to. */
    Mono<Void> refreshed() {
        return Mono.defer(this::join);
    }

    private synchronized Mono<Void> join() {
        if (running == null) {
            return begin();
        }
        if (next == null) {
            next = running.onErrorComplete().then(Mono.defer(this::begin)).cache();
        }
        return next;
    }

    private synchronized Mono<Void> begin() {
        next = null;
        // The cache is never cancelled by one of its readers; doOnTerminate comes before they go on.
        Mono<Void> begun = refresh.doOnTerminate(this::ended).cache();
        running = begun;
        return begun;
    }

    private synchronized void ended() {
        running = null;
    }
}
