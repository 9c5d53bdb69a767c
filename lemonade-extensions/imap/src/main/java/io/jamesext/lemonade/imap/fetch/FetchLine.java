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

package io.jamesext.lemonade.imap.fetch;

import org.apache.james.imap.api.message.response.ImapResponseMessage;

/**
 * Octets of a FETCH response, made already. RFC 3501 section 7.4.2.
 *
 * @param last whether the line ends with them
 */
public record FetchLine(byte[] octets, boolean last) implements ImapResponseMessage {
}
