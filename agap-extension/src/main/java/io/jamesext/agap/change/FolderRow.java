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
package io.jamesext.agap.change;

/**
 * What the index knows of a folder.
 *
 * @param mailbox the mailbox's identifier
 * @param name the mailbox's name
 * @param seed of its FCIDs
 * @param modSeq the highest that was heard of; 0 when none was
 * @param lastUid at least that of every message up to that mod-sequence
 * @param ucid its UCID, AGAP section 2.7
 * @param uidValidity James's, since that UCID
 */
public record FolderRow(String mailbox, String name, long seed, long modSeq, long lastUid, long ucid, long uidValidity) {
    /** The folder's FCID. */
    public Fcid fcid() {
        return new Fcid(seed, modSeq, lastUid);
    }

    FolderRow counted(Counts counts) {
        return new FolderRow(mailbox, name, seed, Math.max(modSeq, counts.modSeq()), Math.max(lastUid, counts.lastUid()), ucid,
            uidValidity);
    }

    FolderRow renumbered(long newUcid, long newUidValidity) {
        return new FolderRow(mailbox, name, seed, modSeq, lastUid, newUcid, newUidValidity);
    }

    FolderRow reseeded(long newSeed) {
        return new FolderRow(mailbox, name, newSeed, modSeq, lastUid, ucid, uidValidity);
    }

    FolderRow renamed(String newName) {
        return new FolderRow(mailbox, newName, seed, modSeq, lastUid, ucid, uidValidity);
    }
}
