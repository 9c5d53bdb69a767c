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

package io.jamesext.lemonade.smtp.burl.remote;

import java.time.Duration;

/**
 * How long a fetch waits: RFC 4468 section 8 wants it to be robust against arbitrary delays.
 *
 * @param connect until the server accepts the connection
 * @param idle between two octets of the server
 * @param whole for everything, so that a server that sends an octet now and then does not hold a worker for ever
 */
public record Timeouts(Duration connect, Duration idle, Duration whole) {
    /** Five seconds, half a minute and three minutes: a client waits ten minutes for the answer to its last data, RFC 5321 4.5.3.2.6. */
    public static final Timeouts STANDARD = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(3));

    public Timeouts {
        // To a socket zero means for ever.
        if (millis(connect) < 1 || millis(idle) < 1 || millis(whole) < 1) {
            throw new IllegalArgumentException("a timeout is at least a millisecond");
        }
    }

    static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
