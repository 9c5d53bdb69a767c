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

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * The table of a protocol's operations, in its specification's order.
 *
 * @param <O> the protocol's own kind of operation
 */
public final class Operations<O extends Operation<?, ?, ?, ?>> {
    private final ImmutableMap<String, O> byName;

    /**
     * @param operations all of them, in the specification's order
     * @throws IllegalArgumentException when two have one name
     */
    public Operations(List<? extends O> operations) {
        this.byName = operations.stream()
            .collect(ImmutableMap.toImmutableMap(Operation::name, Function.identity()));
    }

    /** The operation of exactly this name; a protocol with verbs in either case folds them first. */
    public Optional<O> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All of them, in the specification's order. */
    public List<O> all() {
        return byName.values().asList();
    }

    /** Their names, in the specification's order. */
    public ImmutableList<String> names() {
        return byName.keySet().asList();
    }
}
