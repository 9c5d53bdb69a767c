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

import java.util.Map;

import io.jamesext.dmap.wire.DmapWriter;

/**
 * The STATUS response. Draft section 8.2.2.
 *
 * @param mailbox its name on the wire
 * @param items what was asked for, in that order, with its value as it stands on the wire
 */
public record MailboxStatus(String mailbox, Map<String, String> items) implements DmapReply {
    @Override
    public void writeTo(DmapWriter writer) {
        writer.word(Status.UNTAGGED).word("STATUS").astring(mailbox).open('(');
        items.forEach((item, value) -> writer.word(item).word(value));
        writer.close(')').end();
    }
}
