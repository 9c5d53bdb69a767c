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
package io.jamesext.dmap.submit;

import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * What has become of a message.
 *
 * @param isChanged whether its flags have changed
 * @param problem why it was not sent, or what went wrong behind that
 */
public record Outcome(boolean isChanged, Optional<Problem> problem) {
    /** The message was sent, and its flags say so. */
    static final Outcome SENT = new Outcome(true, Optional.empty());

    /**
     * Why a message was not sent.
     *
     * @param code the response code, where it is one of SUBMIT
     * @param cause what the client is told, or an error of ours
     */
    public record Problem(Optional<String> code, Throwable cause) {
    }

    /** The message was not sent, for a reason of SUBMIT's own. */
    static Outcome refused(boolean isChanged, String code, String text) {
        return new Outcome(isChanged, Optional.of(new Problem(Optional.of(code), new ProtocolException(Failure.NOT_SUPPORTED, text))));
    }

    /**
     * The message could not be sent as it is. That is no failure of the command's syntax or of the mailbox, so the response codes are
     * not those of {@link io.jamesext.dmap.error.DmapErrors}. PROTOCOL.md section 9.4.
     *
     * @param cause of {@link DimeMailing}, {@link PlainMailing} or James's queue
     */
    static Outcome unsendable(ProtocolException cause) {
        return switch (cause.failure()) {
            case SYNTAX, TOO_BIG -> refused(true, "XBADMESSAGE", cause.text());
            case AUTHENTICATION_FAILED -> refused(true, "XBADSIGNATURE", cause.text());
            case NO_PERMISSION -> refused(true, "XBADAUTHOR", cause.text());
            case NOT_SUPPORTED -> refused(true, "XNOORIGIN", cause.text());
            default -> failed(true, cause);
        };
    }

    /** Something failed. */
    public static Outcome failed(boolean isChanged, Throwable cause) {
        return new Outcome(isChanged, Optional.of(new Problem(Optional.empty(), cause)));
    }

    /** Draft section 7.6.7: it does not wait to be submitted, or somebody else submits it. Its flags are what they were. */
    static Outcome race(String text) {
        return refused(false, "SUBMISSIONRACE", text);
    }

    /** Draft section 7.6.7: the server does not do this. The message's flags are what they were. */
    static Outcome denied(String text) {
        return refused(false, "POLICYDENIED", text);
    }

    /** The message is no more. */
    public static Outcome gone() {
        return refused(false, "EXPUNGEISSUED", "some of the messages are no more");
    }

    /** Whether the message is with James's queue now by this very command. */
    public boolean isSent() {
        return problem.isEmpty();
    }
}
