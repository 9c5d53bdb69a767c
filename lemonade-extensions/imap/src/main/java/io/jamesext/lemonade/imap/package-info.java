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
 * The Lemonade IMAP server: James's IMAP server with another front and more extensions, beside the stock listeners.
 *
 * <p>Data flow: bytes → {@link io.jamesext.lemonade.imap.frame frame} → James's or our parser → request → James's or our processor →
 * James's mailbox
 * layer → responses → bytes. {@link io.jamesext.lemonade.imap.LemonadeImapPackage} is the table of what is ours.
 * <ul>
 * <li>Every listener has processors of its own: James's singletons would carry the settings of one listener into the others.</li>
 * <li>An extension is a parser, a processor and an encoder in a package named after it; the work is in a plain class beside them.</li>
 * <li>What is advertised works on this listener; {@link io.jamesext.lemonade.imap.LemonadeRequirement} says how much of the profile that
 * is.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.imap;

import org.jspecify.annotations.NullMarked;
