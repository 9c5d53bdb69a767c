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
package io.jamesext.dmap.dmtp.wire;

/** What the decoder cuts a client's octets into. */
public sealed interface DmtpFrame permits DmtpFrame.Command, DmtpFrame.Part, DmtpFrame.End {
    /** A command line. The octets that DATA announces come behind it as parts and an end. */
    record Command(CommandLine line) implements DmtpFrame {
    }

    /** Octets of the message of the DATA command before, for that command only. */
    record Part(byte[] octets) implements DmtpFrame {
        @Override
        public String toString() {
            return "Part of " + octets.length + " octets";
        }
    }

    /** The message has come to its end. */
    record End() implements DmtpFrame {
    }
}
