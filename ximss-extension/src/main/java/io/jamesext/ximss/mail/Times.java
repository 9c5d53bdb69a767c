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

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The two forms of time on the wire. XIMSS, "Protocol and Message Syntax" (alert) has 20070502T083313; XIMSS, "Secure Messaging"
 * has 20070830T184318Z in the body of a Date element.
 */
public final class Times {
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    private Times() {
    }

    /** Without a mark of its zone, for attributes whose name says which zone it is. */
    public static String basic(Instant time, ZoneId zone) {
        return BASIC.format(time.atZone(zone));
    }

    /** GMT, with the Z that says so. */
    public static String gmt(Instant time) {
        return basic(time, ZoneOffset.UTC) + "Z";
    }

    /**
     * Reads either form.
     *
     * @param zone the zone of a time without Z
     * @throws ProtocolException when it is no time
     */
    public static Instant parse(String time, ZoneId zone) {
        try {
            return time.endsWith("Z")
                ? LocalDateTime.parse(time.substring(0, time.length() - 1), BASIC).toInstant(ZoneOffset.UTC)
                : LocalDateTime.parse(time, BASIC).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new ProtocolException(Failure.SYNTAX, "a time is written 20070830T184318Z");
        }
    }
}
