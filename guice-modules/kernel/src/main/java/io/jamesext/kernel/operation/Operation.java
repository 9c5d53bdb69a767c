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
package io.jamesext.kernel.operation;

import java.util.Set;

import org.reactivestreams.Publisher;

/**
 * One command of a protocol. The dispatcher finds it by its name, checks the state, parses, runs, answers, measures and maps
 * failures; an operation does none of that itself.
 *
 * @param <F> what the protocol's decoder cuts the bytes into
 * @param <Q> the parsed request
 * @param <S> the connection's session
 * @param <R> the protocol's replies
 */
public interface Operation<F, Q, S extends Session, R extends Reply> {
    /** The verb, in the specification's spelling; part of the metric's name. */
    String name();

    /** The states of {@link Session#state()} in which the client may use it. */
    Set<? extends Enum<?>> allowedIn();

    /**
     * Reads the arguments.
     *
     * @throws io.jamesext.kernel.failure.ProtocolException when they break the grammar
     */
    Q parse(F frame);

    /**
     * Does the work and gives the replies, in order, as they are asked for. Runs where blocking is allowed. A stream that ends
     * without a reply that {@link Reply#completes()} is completed by the protocol's plain positive answer; one that fails, by
     * the failure's code.
     */
    Publisher<? extends R> run(Q request, S session);
}
