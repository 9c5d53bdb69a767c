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

import org.apache.james.core.Username;

import com.google.common.collect.TreeBasedTable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Trees that end with the process, as James's own stores do on the memory backend. */
final class MemoryFileTable implements FileTable {
    private final ConcurrentMap<Username, Tree> trees = new ConcurrentHashMap<>();

    /** By directory and name; guarded by itself. */
    private static final class Tree {
        private final TreeBasedTable<String, String, FileEntry> entries = TreeBasedTable.create();
        private State state = State.NEW;

        synchronized boolean change(State seen, State then, Change change) {
            if (seen.version() != state.version()) {
                return false;
            }
            state = new State(seen.version() + 1, then.entries(), then.octets());
            change.removed().forEach(path -> entries.remove(path.parent().asString(), path.name()));
            change.put().forEach(entry -> entries.put(entry.path().parent().asString(), entry.path().name(), entry));
            return true;
        }

        synchronized State state() {
            return state;
        }

        synchronized Mono<FileEntry> find(FilePath path) {
            return Mono.justOrEmpty(entries.get(path.parent().asString(), path.name()));
        }

        synchronized List<FileEntry> list(FilePath directory) {
            return List.copyOf(entries.row(directory.asString()).values());
        }
    }

    @Override
    public Mono<State> state(Username user) {
        return Mono.fromCallable(() -> of(user).state());
    }

    @Override
    public Mono<FileEntry> find(Username user, FilePath path) {
        return Mono.defer(() -> of(user).find(path));
    }

    @Override
    public Flux<FileEntry> list(Username user, FilePath directory) {
        return Flux.defer(() -> Flux.fromIterable(of(user).list(directory)));
    }

    @Override
    public Mono<Boolean> change(Username user, State seen, State then, Change change) {
        return Mono.fromCallable(() -> of(user).change(seen, then, change));
    }

    private Tree of(Username user) {
        return trees.computeIfAbsent(user, owner -> new Tree());
    }
}
