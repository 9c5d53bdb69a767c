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

import org.apache.james.core.Username;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The trees of files, one for each user. A tree changes as a whole or not at all, and one change after the other. */
interface FileTable {
    /**
     * A tree's state.
     *
     * @param version the number of its changes
     * @param entries files and directories
     * @param octets of all files
     */
    record State(long version, int entries, long octets) {
        static final State NEW = new State(0, 0, 0);
    }

    /** What is put into a tree, in the place of what is there, and what is taken out. */
    record Change(List<FileEntry> put, List<FilePath> removed) {
    }

    /** The tree's state. Whatever is read after it is as new, or newer. */
    Mono<State> state(Username user);

    /** What is there, or empty. */
    Mono<FileEntry> find(Username user, FilePath path);

    /** What is directly in a directory, in the order of their names. */
    Flux<FileEntry> list(Username user, FilePath directory);

    /**
     * Changes the tree.
     *
     * @param seen the state that the change was made for
     * @param then the state after it, but for the version
     * @return false when the tree has another state already; nothing is changed then
     */
    Mono<Boolean> change(Username user, State seen, State then, Change change);
}
