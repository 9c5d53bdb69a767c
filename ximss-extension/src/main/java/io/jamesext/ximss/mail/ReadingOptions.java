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
package io.jamesext.ximss.mail;

import java.time.ZoneId;
import java.util.Optional;

import io.jamesext.ximss.smime.SecureReading;

/**
 * How a message is read.
 *
 * @param wanted the partID whose text is wanted, empty for all text
 * @param totalSizeLimit how many bytes of text to keep; a part that does not fit is shown without its text
 * @param zone the user's time zone
 * @param secure which signed and encrypted parts can be opened
 */
public record ReadingOptions(String wanted, long totalSizeLimit, ZoneId zone, SecureReading secure) {
    private static final long MAX_TEXT_BYTES = 4L * 1024 * 1024;

    /** How many bytes of text to keep, whatever the client allows: they are in memory. */
    public static long textLimit(Optional<Long> totalSizeLimit) {
        return Math.min(totalSizeLimit.orElse(MAX_TEXT_BYTES), MAX_TEXT_BYTES);
    }
}
