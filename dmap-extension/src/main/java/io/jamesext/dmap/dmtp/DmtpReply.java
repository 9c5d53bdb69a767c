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
package io.jamesext.dmap.dmtp;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.operation.Reply;
import io.netty.buffer.ByteBuf;

/**
 * What the server says: a code of three digits and lines, as SMTP's (RFC 5321 section 4.2).
 *
 * @param code the first digit says how it went: 2 done, 4 not now, 5 not at all
 * @param lines printable ASCII; none is no reply at all
 * @param completes whether this is the end of the answer; a part before it has lines of the form {@code 250-text} alone
 */
public record DmtpReply(int code, ImmutableList<String> lines, boolean completes) implements Reply {
    /** A whole answer. */
    public static DmtpReply of(int code, String... lines) {
        return new DmtpReply(code, ImmutableList.copyOf(lines), true);
    }

    /** A part of an answer that goes on. */
    public static DmtpReply part(int code, List<String> lines) {
        return new DmtpReply(code, ImmutableList.copyOf(lines), false);
    }

    /** No octet: what becomes of a message that no command wants any more. */
    static DmtpReply nothing() {
        return new DmtpReply(250, ImmutableList.of(), false);
    }

    void writeTo(ByteBuf out) {
        for (int i = 0; i < lines.size(); i++) {
            char separator = completes && i == lines.size() - 1 ? ' ' : '-';
            out.writeCharSequence(code + "" + separator + lines.get(i) + "\r\n", StandardCharsets.US_ASCII);
        }
    }
}
