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
package io.jamesext.groupware.file;

import java.util.List;

import reactor.core.publisher.Mono;

/** Pieces of files by their keys. */
interface FileContents {
    /** Keeps a piece. */
    Mono<Void> save(String key, byte[] piece);

    /** A piece, or empty when it is not there. */
    Mono<byte[]> read(String key);

    /** Removes pieces, as far as they are there. */
    Mono<Void> delete(List<String> keys);
}
