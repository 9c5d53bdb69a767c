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
 * Transcripts: conversations written down, played against a real server. One directive a line; a line that begins with none
 * continues the one before it, and a line of one backslash continues it by an empty one:
 *
 * <pre>
 * # comment
 * # state: NAME          run the preamble NAME first, on every connection
 * # connection 2: NAME   that connection goes to the endpoint NAME, and runs no preamble
 * C: text                the client sends it
 * S: pattern             the server's next message
 * S*: pattern            any number of messages that match, also none
 * ! S: pattern           no message that matches arrives soon
 * SUB {                  the S: up to the brace, in any order
 * }
 * TLS                    the client begins TLS now
 * WAIT                   a moment passes
 * CLOSED                 the server has closed the connection
 * 2 C: text              any directive, on the second connection (1 to 9)
 * </pre>
 *
 * <p>A pattern matches a message that equals it, or that it matches as a regular expression. {@code ${name}} stands for any text when it
 * is first seen and for that same text afterwards, also in what the client sends, where {@code ${f name}} is what the function f of the
 * runner makes of it. Under TLS a literal ({@code ~{n}}) that is no text is the beginning of the message behind it, as {@link OctetText}
 * has it. XML messages are compared as XML: every attribute and text is such a pattern, {@code any=""} allows more attributes, and a
 * text of three dots any content.
 */
@NullMarked
package io.jamesext.testing.transcript;

import org.jspecify.annotations.NullMarked;
