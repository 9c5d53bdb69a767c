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
package io.jamesext.ximss.account;

import java.util.concurrent.Semaphore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/** Work that no answer waits for: so that the answer takes as long whatever there is to be done, and is no later for it. */
public final class Background {
    private static final Logger LOGGER = LoggerFactory.getLogger(Background.class);
    /** What waits or runs at once; each is a few short calls. */
    private static final int MAX_WORK = 1000;

    private final Semaphore free = new Semaphore(MAX_WORK);

    /** Has it done soon; or not at all where too much waits. */
    void run(Mono<Void> work) {
        if (!free.tryAcquire()) {
            LOGGER.warn("too much work waits: some is left undone");
            return;
        }
        work.subscribeOn(Blocking.SCHEDULER)
            .doFinally(end -> free.release())
            .subscribe(done -> { }, error -> LOGGER.warn("work that no answer waits for has failed", error));
    }
}
