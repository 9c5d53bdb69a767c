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
package io.jamesext.dmap.mail;

import java.io.InputStream;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

/**
 * A message as DMAP shows it: one chunk behind the other. Draft section 3.4: "it is possible to fetch any message chunk". None of these
 * holds a chunk in memory.
 */
public sealed interface ChunkedMail permits PlainMail, DimeMail {
    /** All its chunks, in the message's order. */
    ImmutableList<Chunk> chunks() throws Exception;

    /** The chunk of this name, if there is one. */
    Optional<Chunk> find(ChunkId id) throws Exception;

    /** The octets of a chunk that is there; closing them closes the message. */
    InputStream open(ChunkId id) throws Exception;
}
