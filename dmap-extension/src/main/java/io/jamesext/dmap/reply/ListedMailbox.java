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
package io.jamesext.dmap.reply;

import java.util.List;

import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.wire.DmapWriter;

/**
 * The LIST response. Draft section 7.3.8; it has no section of its own.
 *
 * @param attributes {@code \HasChildren} and the like
 * @param mailbox its name on the wire
 * @param childInfo by which selection options mailboxes below it would be listed (RFC 5258 section 3.5); none otherwise
 */
public record ListedMailbox(List<String> attributes, String mailbox, List<String> childInfo) implements DmapReply {
    @Override
    public void writeTo(DmapWriter writer) {
        writer.word(Status.UNTAGGED).word("LIST").open('(');
        attributes.forEach(writer::word);
        writer.close(')').quoted(String.valueOf(MailboxNames.SEPARATOR)).astring(mailbox);
        if (!childInfo.isEmpty()) {
            writer.open('(').quoted("CHILDINFO").open('(');
            childInfo.forEach(writer::quoted);
            writer.close(')').close(')');
        }
        writer.end();
    }
}
