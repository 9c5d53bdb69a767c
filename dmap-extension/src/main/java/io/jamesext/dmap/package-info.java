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
 * The DMAP server of draft-melnikov-dmap-00 ("the draft"), in TRUSTFUL mode on James's mailboxes.
 *
 * <pre>
 * TLS -> DmapDecoder -> Frame -> DmapOperation -> James -> DmapReply -> DmapWriter -> TLS
 * </pre>
 *
 * <ul>
 * <li>The decoder cuts whole commands; nothing of a literal is ever read as a command.</li>
 * <li>The go-ahead for a literal stands in the queue like a command, so it never falls into another command's answer.</li>
 * <li>Message numbers change in one place, {@code SelectedMailbox.takeNews}, together with what tells the client so; it is called
 * when a command ends.</li>
 * <li>Content is sent in pieces as the client reads; its length is known before the first one.</li>
 * <li>Where the draft leaves something open, the README's "Decisions" says what was chosen.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.dmap;

import org.jspecify.annotations.NullMarked;
