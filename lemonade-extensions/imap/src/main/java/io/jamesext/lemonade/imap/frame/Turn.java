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
package io.jamesext.lemonade.imap.frame;

import org.apache.james.imap.api.ImapMessage;

/**
 * The turn of a client that is told news between two commands, as NOTIFY has it. RFC 5465 section 3.1. It runs like a command, so that
 * nothing is told within another answer, and nothing while the client does not read. A turn tells a bounded number of things, and a
 * command that has come stands before the next turn.
 */
public record Turn() implements ImapMessage {
}
