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
 * What the commands on mailboxes have in common: a command reads its arguments by {@link io.jamesext.lemonade.imap.folder.Arguments}, does
 * its work in a {@link io.jamesext.lemonade.imap.folder.FolderCommand}, and answers in
 * {@link io.jamesext.lemonade.imap.folder.Untagged} lines. The tagged answer, the unsolicited responses and the failures are
 * {@link io.jamesext.lemonade.imap.folder.FolderProcessor}'s, once for all of them.
 */
@NullMarked
package io.jamesext.lemonade.imap.folder;

import org.jspecify.annotations.NullMarked;
