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
package io.jamesext.dmap.dmtp;

import io.jamesext.kernel.failure.Failure;

/** Which code a failure has. PROTOCOL.md section 10.3; the codes are those of RFC 5321 section 4.2.3. */
final class DmtpErrors {
    private DmtpErrors() {
    }

    /**
     * The code.
     *
     * @param command whether a command could be cut: its arguments are wrong then (501), otherwise the line is (500)
     */
    static int code(Failure failure, boolean command) {
        return switch (failure) {
            case SYNTAX -> command ? 501 : 500;
            case UNKNOWN_COMMAND -> 500;
            case WRONG_STATE -> 503;
            case NOT_SUPPORTED -> 504;
            case TOO_BIG -> 552;
            case BUSY, INTERNAL -> 451;
            case OVER_QUOTA -> 452;
            case CONFLICT -> 554;
            default -> 550;
        };
    }
}
