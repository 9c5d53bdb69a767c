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

package io.jamesext.urlauth;

import java.util.Optional;

/**
 * The end of an authorised URL. {@code rump} is the URL up to and including the access identifier, byte by byte: it is what the token
 * signs.
 * RFC 5092 section 11, iurlauth; RFC 4467 section 3.
 */
public record Authorization(String rump, Optional<String> expire, String access, Optional<Verifier> verifier) {
    /** Who made the token and the token. RFC 5092 section 11, iua-verifier. */
    public record Verifier(String mechanism, String token) {
        @Override
        public String toString() {
            // A token is a secret: it must not reach a log by way of a record's toString.
            return "Verifier[" + mechanism + "]";
        }
    }

    @Override
    public String toString() {
        return "Authorization[" + access + "]";
    }
}
