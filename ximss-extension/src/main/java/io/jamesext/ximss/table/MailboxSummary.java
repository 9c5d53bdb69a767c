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
package io.jamesext.ximss.table;

/**
 * What the messages of a mailbox come to, and when that was so. XIMSS, "Mailbox Management", the mailbox data message.
 *
 * @param state the mailbox when they were counted
 * @param octets INTERNALSIZE: the sizes of all messages together
 * @param oldest OLDEST: the least internal date in milliseconds; none in an empty mailbox, {@link Long#MAX_VALUE}
 * @param media MEDIA: the messages with the Media flag
 * @param unseenMedia UNSEENMEDIA: those of them that are not Seen
 */
public record MailboxSummary(State state, long octets, long oldest, long media, long unseenMedia) {
    /** Of no message. */
    public static MailboxSummary empty(State state) {
        return new MailboxSummary(state, 0, Long.MAX_VALUE, 0, 0);
    }

    /** The same of a mailbox that has changed in nothing that counts here. */
    public MailboxSummary at(State later) {
        return new MailboxSummary(later, octets, oldest, media, unseenMedia);
    }

    /**
     * What James knows of a mailbox without reading it. Whatever happens to messages changes one of these numbers.
     *
     * @param uidNext rises with each new message
     * @param messages how many there are
     * @param modSeq rises with each change of flags
     */
    public record State(long uidNext, long messages, long modSeq) {
        /** True when the same messages are there, whatever flags they have. */
        public boolean hasMessagesOf(State other) {
            return uidNext == other.uidNext && messages == other.messages;
        }
    }
}
