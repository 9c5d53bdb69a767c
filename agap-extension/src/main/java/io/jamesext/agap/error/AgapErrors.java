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
package io.jamesext.agap.error;

import io.jamesext.agap.reply.Code;
import io.jamesext.agap.reply.Status;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The one table from failures to AGAP's codes. AGAP sections 5 and 6. */
public final class AgapErrors {
    private AgapErrors() {
    }

    /** The line that tells the client. */
    public static Status status(ProtocolException failure) {
        return new Status(code(failure.failure()), failure.text());
    }

    /** The code of a failure. */
    public static Code code(Failure failure) {
        return switch (failure) {
            case UNKNOWN_COMMAND, NOT_SUPPORTED -> Code.UNKNOWN_COMMAND;
            case SYNTAX, TOO_BIG, AUTHENTICATION_FAILED, ENCRYPTION_REQUIRED, NO_PERMISSION, NO_SUCH_MAILBOX, MAILBOX_EXISTS,
                BAD_MAILBOX_NAME, NO_SUCH_MESSAGE, CONFLICT -> Code.INVALID_PARAMETER;
            // Section 5.5.4: the command must come after another one. What is not of the state at all is 510: section 6, "other".
            case WRONG_STATE -> Code.OUT_OF_ORDER;
            case OVER_QUOTA, BUSY -> Code.RETRY_LATER;
            case INTERNAL -> Code.INTERNAL_ERROR;
        };
    }
}
