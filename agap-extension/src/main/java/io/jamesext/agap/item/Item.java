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
package io.jamesext.agap.item;

import com.google.common.collect.ImmutableList;

import reactor.core.publisher.Flux;

/** An item of a folder in its XML form. AGAP section 2.11. */
public interface Item {
    /** The whole of it: lines of XML without their dots. */
    Flux<String> xml();

    /**
     * The lines of one leaf of it. AGAP section 4.34; fails when there is no such leaf.
     *
     * @param path as the client wrote it
     */
    Flux<String> part(String path);

    /**
     * The values that filters compare. AGAP section 4.3.1: the texts at a path, decoded; none when the item has no such leaf, or it is no
     * text. A long one is cut. Reads the item: not for event loops.
     *
     * @param path as the client wrote it
     */
    ImmutableList<String> values(String path);
}
