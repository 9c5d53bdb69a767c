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
package io.jamesext.agap;

import org.apache.james.events.EventBus;

import com.google.inject.Inject;

import io.jamesext.agap.change.FolderChanges;
import io.jamesext.agap.change.FolderEvents;
import io.jamesext.agap.change.FolderStates;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.filter.Matches;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderTree;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.item.ItemActions;
import io.jamesext.agap.presence.Presences;
import io.jamesext.agap.storing.Deposits;
import io.jamesext.kernel.auth.Authentication;

/**
 * What the commands work on: James's services and ours.
 *
 * @param folders the account's folders
 * @param states their FCID and UCID
 * @param changes what has changed in them
 * @param uids the UIDs of their items
 * @param matches what filters find
 * @param events what keeps all this up to date
 * @param tags the folders' tags
 * @param tree what makes, renames and removes folders
 * @param actions what is done to items
 * @param authentication who the client is
 * @param presences who is online
 * @param eventBus James's news of mailboxes
 * @param deposits where items for others go
 */
public record AgapServices(Folders folders, FolderStates states, FolderChanges changes, ItemUids uids, Matches matches,
                            FolderEvents events, FolderTags tags, FolderTree tree, ItemActions actions,
                            Authentication authentication, Presences presences, EventBus eventBus, Deposits deposits) {
    /** By injection. */
    @Inject
    public AgapServices {
    }
}
