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
 * SELECT, EXAMINE, UNSELECT, NOOP and CHECK, with CONDSTORE and QRESYNC. RFC 3501, RFC 3691, RFC 7162.
 *
 * <p>{@link io.jamesext.lemonade.imap.select.SelectedFolder} is what a client knows of its folder. It changes only when the client is
 * told, by {@link io.jamesext.lemonade.imap.select.Unsolicited} or by James's own processors in the same way; what happens meanwhile
 * waits in it, and nothing that happens while a client is being told is forgotten. Message numbers never move up: new messages are told
 * in the order of their UIDs ({@link io.jamesext.lemonade.imap.select.Arrivals}). What waits is bounded.
 *
 * <p>The order in which a folder is read matters: first the folder listens to events, then its mod-sequence is read, then its messages,
 * then the log of what was expunged. So a client never learns of a mod-sequence without what happened up to it.
 */
@NullMarked
package io.jamesext.lemonade.imap.select;

import org.jspecify.annotations.NullMarked;
