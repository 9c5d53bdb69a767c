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

import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;

import com.google.inject.Inject;

import reactor.core.publisher.Mono;

/** James's health check of the index, under the name that upstream gives it. */
public final class OpenSearchHealthCheck implements HealthCheck {
    private static final ComponentName NAME = new ComponentName("OpenSearch Backend");

    private final MailboxIndex index;
    private final MissedEvents missed;

    @Inject
    OpenSearchHealthCheck(MailboxIndex index, MissedEvents missed) {
        this.index = index;
        this.missed = missed;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    /** Unhealthy while OpenSearch does not answer or has lost a part of the index, degraded while events wait to be indexed. */
    @Override
    public Mono<Result> check() {
        return index.probe()
            .then(missed.ids().hasElements())
            .map(waiting -> waiting ? Result.degraded(NAME, "Some changes are not in the index yet") : Result.healthy(NAME))
            .onErrorResume(failure -> Mono.just(Result.unhealthy(NAME, "The search index does not answer", failure)));
    }
}
