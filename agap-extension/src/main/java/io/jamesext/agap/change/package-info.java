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

/**
 * What has changed in an account since a client looked: FCID, UCID, CHNG and XCHG. AGAP sections 2.5 to 2.7 and 4.13.
 *
 * <p>The truth is in James's mailboxes: {@link io.jamesext.agap.change.StoredFolders} reads their highest mod-sequences and UIDs. James
 * raises the mod-sequence for every new or changed message, the kernel's log of expunges for every one that goes, and
 * {@link io.jamesext.agap.change.FolderIndex} for direct subfolders that come, go or are renamed. An FCID is nothing but the folder's
 * seed and these two numbers, so that one tells what to look for.
 *
 * <p>{@link io.jamesext.agap.change.FolderTable} is an index of it, one partition for a user, that
 * {@link io.jamesext.agap.change.FolderListener} keeps by James's events. It may lag behind and never runs ahead: whoever knows more
 * raises it, and what events have missed is found by STAT, and by a look at all folders that CHNG begins now and then.
 *
 * <p>{@link io.jamesext.agap.change.Aliases} keep an item's UID when its message is written anew.
 */
@NullMarked
package io.jamesext.agap.change;

import org.jspecify.annotations.NullMarked;
