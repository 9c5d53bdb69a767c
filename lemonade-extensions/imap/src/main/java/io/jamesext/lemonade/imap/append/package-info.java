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
 * APPEND in all its forms: RFC 3501 section 6.3.11, MULTIAPPEND (RFC 3502), literal8 (RFC 3516), CATENATE (RFC 4469), APPENDLIMIT
 * (RFC 7889) and the UTF8 literal (RFC 6855); REPLACE takes its message the same way.
 *
 * <pre>
 * text and literals
 *     → {@link io.jamesext.lemonade.imap.append.AppendMessageReader} → {@link io.jamesext.lemonade.imap.append.NewMessage}
 *     → {@link io.jamesext.lemonade.imap.append.MessageAssembly} (URLs resolved, sizes summed, binary encoded) → content
 *     → {@link io.jamesext.lemonade.imap.append.Appending} (rights, quota, all or nothing) → James's mailbox
 * </pre>
 * <ul>
 * <li>Nothing is stored before every message of the command is there and fits.</li>
 * <li>Content is a stream that can be opened again: a literal as it came, or a {@link io.jamesext.kernel.mailbox.Spool}.</li>
 * <li>What is stored never has a NUL in a body part or a binary transfer encoding: RFC 3516 section 4.4.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.imap.append;

import org.jspecify.annotations.NullMarked;
