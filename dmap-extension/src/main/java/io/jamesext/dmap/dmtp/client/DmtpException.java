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
package io.jamesext.dmap.dmtp.client;

import java.util.Objects;

/** What was asked of another server has failed. The text may be told to the author of a message. */
public final class DmtpException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is to be expected of another try. */
    public enum Kind {
        /** It may work later. */
        TEMPORARY,
        /** No server is known for the domain. */
        NO_SERVER,
        /** It will not work. */
        PERMANENT
    }

    private final Kind kind;

    /**
     * @param kind what is to be expected of another try
     * @param text one line, without what a hostile server could smuggle in
     */
    public DmtpException(Kind kind, String text) {
        super(text);
        this.kind = kind;
    }

    /** The same, with its cause for the log. */
    public DmtpException(Kind kind, String text, Throwable cause) {
        super(text, cause);
        this.kind = kind;
    }

    /** What is to be expected of another try. */
    public Kind kind() {
        return kind;
    }

    /** What the author of a message may read. */
    public String text() {
        return Objects.requireNonNull(getMessage());
    }
}
