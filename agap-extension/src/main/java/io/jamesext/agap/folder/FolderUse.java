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

package io.jamesext.agap.folder;

import static io.jamesext.agap.folder.FolderTag.NO_COPY;
import static io.jamesext.agap.folder.FolderTag.NO_DELETE;
import static io.jamesext.agap.folder.FolderTag.NO_DELF;
import static io.jamesext.agap.folder.FolderTag.NO_FOLDERS;
import static io.jamesext.agap.folder.FolderTag.NO_MOVE;
import static io.jamesext.agap.folder.FolderTag.NO_RENAME;
import static io.jamesext.agap.folder.FolderTag.READ_ONLY;
import static io.jamesext.agap.folder.FolderTag.RESERVED;

import java.util.Set;

import com.google.common.collect.ImmutableSet;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** What commands do to a folder, and the tags that forbid it. AGAP section 2.10.2. */
public enum FolderUse {
    /** Items come into it: STOR, DATT, and the destination of CPYF, COPY, FCPY, MOVF, MOVE and FMOV. */
    WRITE("Nothing can be written into the folder", READ_ONLY),
    /** Its items get other tags: STAG, FTAG. */
    TAG("Items of the folder cannot be tagged", READ_ONLY),
    /** Its items are copied: CPYF, COPY, FCPY. */
    COPY_FROM("Items of the folder cannot be copied", NO_COPY),
    /** Its items are moved away: MOVF, MOVE, FMOV. */
    MOVE_FROM("Items of the folder cannot be moved", NO_MOVE),
    /** Its items are deleted: DELE, FDEL, and DELF where the folder itself stays. */
    DELETE_ITEMS("Items of the folder cannot be deleted", NO_DELETE),
    /** A subfolder is made in it: MAKE. */
    MAKE_FOLDER("The parent folder does not accept subfolders", NO_FOLDERS, READ_ONLY),
    /** It gets another name: NAME. */
    RENAME("The folder cannot be renamed", RESERVED, NO_RENAME),
    /** It goes, or its items if NO-DELF says that it stays: DELF. */
    EMPTY_OR_REMOVE("The folder cannot be deleted", RESERVED, NO_DELETE),
    /** It goes, with or below the folder of DELF. */
    REMOVE("The folder, or one below it, cannot be deleted", RESERVED, NO_DELETE, NO_DELF);

    private final String refusal;
    private final ImmutableSet<FolderTag> forbidding;

    FolderUse(String refusal, FolderTag... forbidding) {
        this.refusal = refusal;
        this.forbidding = ImmutableSet.copyOf(forbidding);
    }

    /** Refuses it for a folder with these tags when one of them forbids it. */
    public void check(Set<FolderTag> tags) {
        forbidding.stream().filter(tags::contains).findFirst().ifPresent(tag -> {
            throw new ProtocolException(Failure.NO_PERMISSION, "ERROR " + refusal + " (it has the tag " + tag + ")");
        });
    }
}
