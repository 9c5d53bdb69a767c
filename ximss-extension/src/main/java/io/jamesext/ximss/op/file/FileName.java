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
package io.jamesext.ximss.op.file;

import io.jamesext.groupware.file.FilePath;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** How requests name files. */
public final class FileName {
    private FileName() {
    }

    /**
     * A name in the user's own storage.
     *
     * @throws ProtocolException when it cannot be one, or is in another account's, which begins with a tilde as it does for mailboxes
     */
    public static FilePath of(String name) {
        if (name.startsWith("~") || name.startsWith("/~")) {
            throw new ProtocolException(Failure.NO_PERMISSION, "only your own files can be reached here");
        }
        return FilePath.of(name);
    }
}
