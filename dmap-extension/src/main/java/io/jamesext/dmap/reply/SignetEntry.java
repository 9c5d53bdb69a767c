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

import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.wire.DmapWriter;

/**
 * The SIGNET response. PROTOCOL.md section 6.3.
 *
 * @param name the address, domain or token
 * @param signet absent in a list
 */
public record SignetEntry(String name, Optional<Signet> signet) implements DmapReply {
    @Override
    public void writeTo(DmapWriter writer) {
        writer.word(Status.UNTAGGED).word("SIGNET").astring(name);
        signet.ifPresent(found -> {
            byte[] octets = found.toBytes();
            writer.open('(')
                .word("FINGERPRINT").word(found.fingerprint(SignetLevel.CRYPTO).toString())
                .word("LEVEL").word(found.level().name())
                .word("DATA").literal(octets.length).octets(octets)
                .close(')');
        });
        writer.end();
    }
}
