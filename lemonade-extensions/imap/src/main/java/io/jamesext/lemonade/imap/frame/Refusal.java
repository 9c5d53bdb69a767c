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

/** Why a command was refused before it was parsed, with what the client is told. */
enum Refusal {
    // RFC 2683 section 3.2.1.5: a line that is too long is a BAD.
    TEXT_TOO_LONG("BAD Command line is too long"),
    TOO_MANY_LITERALS("BAD Too many literals"),
    // RFC 4469 section 4.2 and RFC 7889 section 4 name the code for a message that is too big.
    LITERAL_TOO_BIG("NO [TOOBIG] Literal is too big"),
    // RFC 3501 section 7.1 has no code for our own trouble.
    NOT_STORED("NO Literal could not be stored");

    private final String answer;

    Refusal(String answer) {
        this.answer = answer;
    }

    String answer() {
        return answer;
    }
}
