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

import org.jspecify.annotations.Nullable;

/**
 * One address of an envelope, or the beginning or end of a group. RFC 3501 section 7.4.2: a group begins with its name as the mailbox and
 * no host, and ends without either.
 */
public record Address(@Nullable String name, @Nullable String route, @Nullable String mailbox, @Nullable String host) {
    static final Address GROUP_END = new Address(null, null, null, null);

    static Address groupStart(String name) {
        return new Address(null, null, name, null);
    }
}
