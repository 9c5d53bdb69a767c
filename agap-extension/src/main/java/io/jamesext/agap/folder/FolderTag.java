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

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mailbox.model.MailboxACL.Right;

/**
 * The tags that a folder can have, in the order in which STAT tells them. AGAP section 2.10.2. Each has the rights of RFC 4314 that it
 * takes from the folder's owner, where that standard can say it at all.
 */
public enum FolderTag {
    /** Reserved by the draft: neither deleted nor renamed. */
    RESERVED(Right.DeleteMailbox),
    /** No subfolders are made in it. */
    NO_FOLDERS(Right.CreateMailbox),
    /** Its items are not copied. */
    NO_COPY,
    /** Neither it nor its items are deleted. */
    NO_DELETE(Right.DeleteMailbox, Right.DeleteMessages, Right.PerformExpunge),
    /** It is not deleted, but its items may be. */
    NO_DELF(Right.DeleteMailbox),
    /** Its items are not moved away. */
    NO_MOVE,
    /** It is not renamed. RFC 4314 section 4 has one right for this and for deleting it, which is allowed. */
    NO_RENAME,
    /** Nothing is written into it, no subfolder is made in it and no item of it is tagged; items may be deleted and moved away. */
    READ_ONLY(Right.Insert, Right.Write, Right.WriteSeenFlag, Right.CreateMailbox),
    /** All users of the server may read it. */
    PUBLIC;

    private final Set<Right> taken;

    FolderTag(Right... taken) {
        this.taken = EnumSet.noneOf(Right.class);
        this.taken.addAll(Arrays.asList(taken));
    }

    /** The rights that it takes from the owner. */
    Set<Right> taken() {
        return taken;
    }

    /** The tag of a name in either case: section 2.10.1. */
    public static Optional<FolderTag> named(String name) {
        return Arrays.stream(values()).filter(tag -> tag.toString().equals(name.toUpperCase(Locale.ROOT))).findFirst();
    }

    /** As the protocol writes it. */
    @Override
    public String toString() {
        return name().replace('_', '-');
    }
}
