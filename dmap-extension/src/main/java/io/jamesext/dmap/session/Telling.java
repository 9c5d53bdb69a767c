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
package io.jamesext.dmap.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.reply.FetchValue;
import io.jamesext.dmap.reply.Fetched;
import io.jamesext.dmap.reply.MessageName;

/**
 * How a client is told of changes, by what it has turned on and by the running command.
 *
 * @param withUid true when each FETCH has the UID: after a UID command (draft section 7.6.8), and always with QRESYNC
 * @param withModSeq true when each changed message is told with its MODSEQ: with CONDSTORE
 * @param vanished true when VANISHED stands in the place of EXPUNGE, and each new message is told with its flags: with QRESYNC or UIDONLY
 * @param uidOnly true when UIDs stand in the place of message numbers: with UIDONLY
 */
public record Telling(boolean withUid, boolean withModSeq, boolean vanished, boolean uidOnly) {
    /** The response to a change of flags. */
    public Fetched flags(int sequence, MessageState message) {
        List<FetchValue> values = new ArrayList<>();
        values.add(new FetchValue.Flags(DmapFlags.format(message.flags())));
        return with(values, sequence, message);
    }

    /** The response to a change of the client's block. */
    public Fetched meta(int sequence, MessageState message, Optional<byte[]> block) {
        List<FetchValue> values = new ArrayList<>();
        values.add(new FetchValue.Meta(block));
        return with(values, sequence, message);
    }

    /** The response to a change whose value the client does not want to hear. */
    public Fetched silent(int sequence, MessageState message) {
        return with(new ArrayList<>(), sequence, message);
    }

    /** How the response to a message begins. */
    public MessageName name(int sequence, long uid) {
        return uidOnly ? new MessageName(uid, true) : MessageName.sequence(sequence);
    }

    private Fetched with(List<FetchValue> values, int sequence, MessageState message) {
        if (withUid && !uidOnly) {
            values.add(new FetchValue.Numeric("UID", message.uid()));
        }
        if (withModSeq) {
            values.add(new FetchValue.Numeric("MODSEQ", message.modSeq()));
        }
        return new Fetched(name(sequence, message.uid()), values);
    }
}
