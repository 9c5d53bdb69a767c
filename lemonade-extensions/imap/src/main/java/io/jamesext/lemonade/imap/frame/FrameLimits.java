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

import java.time.Duration;

/**
 * How much one command may bring.
 *
 * @param textBytes the command without its literals: protects the heap from a line that never ends
 * @param literalBytes all literals of a command together: protects the disk
 * @param memoryBytes literals of a command that are kept on the heap; what is beyond goes to a temporary file
 */
public record FrameLimits(int textBytes, int literalBytes, int memoryBytes) {
    /** Literals of one command: each costs an object, and James's parsers ask for a few. CATENATE is the one that needs many. */
    static final int LITERALS = 128;
    /** Literal octets of a command before authentication, enough for any LOGIN: CVE-2024-37358. */
    static final int UNAUTHENTICATED_LITERAL_BYTES = 8192;
    /** Octets of a refused command that are read over before the connection is closed instead: protects the network and our time. */
    static final long SWALLOWED_BYTES = 64L << 20;
    /** The same before authentication. */
    static final long UNAUTHENTICATED_SWALLOWED_BYTES = 64L << 10;

    /** Octets of a connection before authentication, on top of what one command may have: protects our time. */
    static final long UNAUTHENTICATED_BYTES = 256L << 10;
    /** Commands before authentication: CAPABILITY, ID, STARTTLS and a few tries to log in, with ease. */
    static final int UNAUTHENTICATED_COMMANDS = 100;
    /** Time to log in, which RFC 9051 section 5.4 leaves to the server: protects the connections of the others. */
    static final Duration TIME_TO_LOG_IN = Duration.ofMinutes(3);

    public FrameLimits {
        if (textBytes < 1024 || literalBytes < 1 || memoryBytes < 0) {
            throw new IllegalArgumentException("a limit is too small to log in with");
        }
    }

    int literalBytes(boolean authenticated) {
        return authenticated ? literalBytes : Math.min(literalBytes, UNAUTHENTICATED_LITERAL_BYTES);
    }

    static long swallowedBytes(boolean authenticated) {
        return authenticated ? SWALLOWED_BYTES : UNAUTHENTICATED_SWALLOWED_BYTES;
    }
}
