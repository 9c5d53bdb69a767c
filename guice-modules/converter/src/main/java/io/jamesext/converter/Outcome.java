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
package io.jamesext.converter;

/**
 * What has become of a task.
 *
 * @param content what was made; empty unless the result is {@link Result#CONVERTED}
 */
public record Outcome(Result result, byte[] content) {
    /** How it went. */
    public enum Result {
        CONVERTED,
        /** It has more pixels or octets than are allowed, or would have. */
        TOO_LARGE,
        /** It is not what its type says, or broken. */
        BROKEN,
        /** The process died of it, for want of memory. */
        FATAL,
        /** It took too long. */
        TIMED_OUT,
        /** There is too much to do, or the process was ended by something else, or cannot be started. */
        UNAVAILABLE
    }

    static final byte[] NOTHING = {};

    static Outcome failed(Result result) {
        return new Outcome(result, NOTHING);
    }
}
