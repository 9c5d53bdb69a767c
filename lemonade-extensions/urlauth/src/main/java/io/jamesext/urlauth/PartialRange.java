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

import java.util.OptionalLong;

/** The range of octets that {@code ;PARTIAL=} names; without a length it reaches to the end. RFC 5092 section 11, partial-range. */
public record PartialRange(long offset, OptionalLong length) {
    public PartialRange {
        if (offset < 0 || length.isPresent() && length.getAsLong() <= 0) {
            throw new BadUrlException("a partial range starts at 0 or later and is not empty");
        }
    }
}
