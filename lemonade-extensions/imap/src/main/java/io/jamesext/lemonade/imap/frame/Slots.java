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
package io.jamesext.lemonade.imap.frame;

import reactor.core.publisher.Mono;

/**
 * Where work waits until not too many commands of its listener run. A command that waits for its client finds this in the Reactor context,
 * under this class, for what it does between.
 */
@FunctionalInterface
public interface Slots {
    /** Runs it when there is a slot; news are never refused. */
    Mono<Void> news(Mono<Void> work);

    /** Runs it in a slot of the listener of the command that it belongs to. */
    static Mono<Void> within(Mono<Void> work) {
        return Mono.deferContextual(context -> context.<Slots>getOrEmpty(Slots.class).map(slots -> slots.news(work)).orElse(work));
    }
}
