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
 * Cuts what a client sends into whole commands before anything is parsed, and runs them one at a time.
 *
 * <p>Data flow: bytes → {@link io.jamesext.lemonade.imap.frame.CommandCutter} → {@link io.jamesext.lemonade.imap.frame.Frame} → James's
 * parser by way of
 * {@link io.jamesext.lemonade.imap.frame.FrameReader} → {@link io.jamesext.lemonade.imap.frame.FramedCommand} → James's core handler →
 * {@link io.jamesext.lemonade.imap.frame.CommandProcessor}, which says when the command has ended.
 * <ul>
 * <li>The octets of a literal are never read as a command: a parser that fails has already been given the whole command.</li>
 * <li>The next command is cut only after the previous one has ended and its answer is on its way: its limits and its meaning depend on
 * the state
 * the previous one leaves.</li>
 * <li>Every limit is checked before memory is taken for what it limits. A refused literal is read over, or the connection closes.</li>
 * <li>Between two commands there is one {@link io.jamesext.lemonade.imap.frame.Turn} at most, and no other while a command has come.</li>
 * <li>A line that belongs to a command that runs (AUTHENTICATE, IDLE) is cut in the same way and given to it; it is never run.</li>
 * <li>Everything here runs on the connection's event loop but file access, which blocks.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.imap.frame;

import org.jspecify.annotations.NullMarked;
