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

package io.jamesext.lemonade.smtp.wire;

/**
 * A line that is longer than {@link SmtpConnection#MAX_LINE_OCTETS}, of which nothing is kept but this.
 *
 * @param isChunk whether it would have been BDAT, so that octets follow which are no commands
 * @param endsWithCrLf false where a bare line feed has ended it, which is no end of a line: RFC 5321 section 2.3.8
 */
public record LongLine(boolean isChunk, boolean endsWithCrLf) {
}
