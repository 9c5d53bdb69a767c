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

import java.time.Instant;
import java.util.Optional;

/**
 * A file or a directory.
 *
 * @param path where it is
 * @param content what is in the file; empty for a directory
 * @param modified when it was written, in milliseconds
 */
public record FileEntry(FilePath path, Optional<Content> content, Instant modified) {
    /**
     * What is in a file.
     *
     * @param id by which its pieces are found; another for each writing
     * @param size in octets
     */
    public record Content(String id, long size) {
    }

    /** True for what holds files. */
    public boolean isDirectory() {
        return content.isEmpty();
    }

    /** In octets; 0 for a directory. */
    public long size() {
        return content.map(Content::size).orElse(0L);
    }
}
