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

import java.util.Optional;

import io.jamesext.dmap.wire.DmapWriter;

/**
 * The KEY response. Draft sections 7.4.1 and 7.4.4; PROTOCOL.md section 6.2.
 *
 * @param id of the key
 * @param publicPart the signet; absent unless it was asked for
 * @param privatePart the object of the private keys; absent unless it was asked for
 */
public record Key(String id, Optional<byte[]> publicPart, Optional<byte[]> privatePart) implements DmapReply {
    /** With the id alone. */
    public static Key named(String id) {
        return new Key(id, Optional.empty(), Optional.empty());
    }

    @Override
    public void writeTo(DmapWriter writer) {
        writer.word(Status.UNTAGGED).word("KEY").word(id);
        if (publicPart.isPresent() || privatePart.isPresent()) {
            writer.open('(');
            publicPart.ifPresent(octets -> writer.word("PUBLIC").literal(octets.length).octets(octets));
            privatePart.ifPresent(octets -> writer.word("PRIVATE").literal(octets.length).octets(octets));
            writer.close(')');
        }
        writer.end();
    }
}
