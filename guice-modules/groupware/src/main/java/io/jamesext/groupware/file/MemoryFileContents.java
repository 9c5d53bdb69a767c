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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import reactor.core.publisher.Mono;

/** Pieces on the heap: beside trees that end with the process, for what outlives these could never be found again. */
final class MemoryFileContents implements FileContents {
    private final ConcurrentMap<String, byte[]> pieces = new ConcurrentHashMap<>();

    @Override
    public Mono<Void> save(String key, byte[] piece) {
        return Mono.fromRunnable(() -> pieces.put(key, piece.clone()));
    }

    @Override
    public Mono<byte[]> read(String key) {
        return Mono.fromSupplier(() -> pieces.get(key)).map(byte[]::clone);
    }

    @Override
    public Mono<Void> delete(List<String> keys) {
        return Mono.fromRunnable(() -> keys.forEach(pieces::remove));
    }
}
