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
package io.jamesext.kernel.failure;

import java.util.Objects;

/**
 * The one exception for whatever a client is told. Its text goes to the client as it is, so it never holds an exception's message,
 * a path of the server, or another user's name. It carries no stack trace: it is an answer, not an accident.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    /**
     * @param failure what kind of refusal this is
     * @param text what the client's user may read, one line without control characters
     */
    public ProtocolException(Failure failure, String text) {
        super(text, null, false, false);
        this.failure = failure;
    }

    /** What kind of refusal this is. */
    public Failure failure() {
        return failure;
    }

    /** What the client's user may read. */
    public String text() {
        return Objects.requireNonNull(getMessage());
    }
}
