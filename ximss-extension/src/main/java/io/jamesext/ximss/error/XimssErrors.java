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
package io.jamesext.ximss.error;

import io.jamesext.kernel.failure.Failure;

/**
 * The table from failures to the errorNum of a response. The specification names two numbers only: 500 for an unknown command and
 * 518 for an account that has moved. The others are SMTP's for the same thing (RFC 5321 section 4.2.3, RFC 4954 section 6), which is
 * the family those two come from.
 */
public final class XimssErrors {
    private XimssErrors() {
    }

    /** The errorNum. */
    public static int number(Failure failure) {
        return switch (failure) {
            case UNKNOWN_COMMAND -> 500;
            case SYNTAX -> 501;
            case WRONG_STATE -> 503;
            case NOT_SUPPORTED -> 504;
            case AUTHENTICATION_FAILED -> 535;
            case ENCRYPTION_REQUIRED -> 538;
            case NO_SUCH_MAILBOX, NO_SUCH_MESSAGE -> 550;
            case NO_PERMISSION -> 551;
            case OVER_QUOTA, TOO_BIG -> 552;
            case BAD_MAILBOX_NAME -> 553;
            case MAILBOX_EXISTS, CONFLICT -> 554;
            case BUSY -> 421;
            case INTERNAL -> 451;
        };
    }
}
