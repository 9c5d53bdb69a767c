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
package io.jamesext.agap.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.apache.james.mime4j.stream.EntityState;

import com.google.common.collect.ImmutableList;

/** Finds what to cut out of a message so that one of its leaves goes, and no multipart stays without a part. */
final class PartPlaces {
    /**
     * One step from a multipart to a part of it.
     *
     * @param boundary what stands before each part, behind two hyphens
     * @param number the part's, from 1
     */
    record Step(String boundary, int number) {
    }

    private record Open(ImmutableList<Step> place, int firstLeaf) {
    }

    private final int wanted;
    private final Deque<Open> parts = new ArrayDeque<>();
    private final Deque<Step> multiparts = new ArrayDeque<>();
    private int leaves;
    private Optional<ImmutableList<Step>> found = Optional.empty();

    private PartPlaces(int wanted) {
        this.wanted = wanted;
    }

    /**
     * The steps to the outermost part that holds this leaf and no other one; none when that is the message.
     *
     * @param leaf its number among the leaves, from 0; it must be there
     */
    static ImmutableList<Step> of(int leaf, InputStream message) throws IOException {
        PartPlaces places = new PartPlaces(leaf);
        try (Leaves tokens = new Leaves(message)) {
            for (EntityState state = tokens.step(); state != EntityState.T_END_OF_STREAM; state = tokens.step()) {
                places.meet(state, tokens);
            }
        }
        return places.leaves == 1 ? ImmutableList.of() : places.found.orElseThrow(() -> new IOException("there is no such leaf"));
    }

    private void meet(EntityState state, Leaves tokens) {
        switch (state) {
            case T_START_MULTIPART -> multiparts.push(new Step(tokens.boundary(), 0));
            case T_END_MULTIPART -> multiparts.pop();
            case T_START_BODYPART -> {
                Step last = multiparts.pop();
                Step step = new Step(last.boundary, last.number + 1);
                multiparts.push(step);
                ImmutableList<Step> above = parts.isEmpty() ? ImmutableList.of() : parts.peek().place;
                parts.push(new Open(ImmutableList.<Step>builder().addAll(above).add(step).build(), leaves));
            }
            case T_END_BODYPART -> {
                Open part = parts.pop();
                if (leaves - part.firstLeaf == 1 && part.firstLeaf == wanted) {
                    // Parts end from the inside out, so that the outermost one is the last to be found.
                    found = Optional.of(part.place);
                }
            }
            case T_BODY -> leaves++;
            default -> {
            }
        }
    }
}
