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
 * How the pieces of a message arrive and become one: DATA, BDAT, and what MAIL and RCPT say of it.
 *
 * <p>Data flow: chunk or URL → {@link io.jamesext.lemonade.smtp.data.Assembly}, on disk where it is large → {@link
 * io.jamesext.lemonade.smtp.data.MessageAcceptance} → James's message hooks → the queue.
 * <ul>
 * <li>One bad piece fails the transaction: no message is accepted without it.</li>
 * <li>What is counted against the limit is what came, before it is kept, in 64 bits.</li>
 * <li>James's session disposes of the content, whatever ends the transaction.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.smtp.data;

import org.jspecify.annotations.NullMarked;
