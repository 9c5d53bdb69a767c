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
package io.jamesext.dmap.wire;

import java.util.Optional;

import io.jamesext.kernel.failure.ProtocolException;

/** What the decoder cuts the client's bytes into. Nothing here knows commands. */
public sealed interface Frame permits Frame.Command, Frame.Refused, Frame.Continuation, Frame.Part, Frame.End {
    /** The tag to answer with, empty when there is none that could be one. Draft section 3.2.1. */
    Optional<String> tag();

    /** A whole command: its line with all literals; or one line of an authentication exchange. */
    record Command(CommandText text) implements Frame {
        @Override
        public Optional<String> tag() {
            return text.tag();
        }
    }

    /**
     * A command that could be cut but not accepted.
     *
     * @param text as much of it as was kept
     * @param failure why
     */
    record Refused(CommandText text, ProtocolException failure) implements Frame {
        @Override
        public Optional<String> tag() {
            return text.tag();
        }
    }

    /** Octets of the streamed literal of the command before, for that command only. */
    record Part(byte[] octets) implements Frame {
        @Override
        public Optional<String> tag() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "Part of " + octets.length + " octets";
        }
    }

    /**
     * The end of a command with a streamed literal.
     *
     * @param failure why the command cannot be accepted; empty when it ends as it should
     */
    record End(Optional<ProtocolException> failure) implements Frame {
        @Override
        public Optional<String> tag() {
            return Optional.empty();
        }
    }

    /**
     * The client waits for {@code +} before it sends a literal. It stands in the queue like a command, so that the go-ahead is
     * never sent in the middle of another command's answer.
     */
    record Continuation() implements Frame {
        @Override
        public Optional<String> tag() {
            return Optional.empty();
        }
    }
}
