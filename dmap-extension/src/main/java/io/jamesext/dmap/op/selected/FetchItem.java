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
package io.jamesext.dmap.op.selected;

import java.util.Optional;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.mail.ChunkId;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** What FETCH can be asked for. Draft section 7.6.4. */
public sealed interface FetchItem {
    /** The items without arguments. */
    enum Attribute implements FetchItem {
        /** The flags that are set. */
        FLAGS,
        /** When the message came in. */
        INTERNALDATE,
        /** The octets of the whole message. */
        SIZE,
        /** The unique identifier. */
        UID,
        /** The modification sequence. */
        MODSEQ,
        /** The client's encrypted block. CREF25. */
        META,
        /** What stays the message's when it is copied or moved. RFC 8474 section 5.1. */
        EMAILID,
        /** What it shares with the messages of its thread. RFC 8474 section 5.2. */
        THREADID,
        /** The list of chunks. */
        BODYSTRUCTURE
    }

    /** So many octets from this one on. */
    record Partial(long origin, long size) {
    }

    /**
     * Content.
     *
     * @param chunk which chunk; empty for the whole message
     * @param sets true when \Seen is set along with it, false for BODY.PEEK
     * @param partial which part of it; empty for all
     */
    record Body(Optional<ChunkId> chunk, boolean sets, Optional<Partial> partial) implements FetchItem {
        /** Its name in the response. Draft section 8.4.1: with the origin, without the size. */
        public String label() {
            return "BODY[" + chunk.map(ChunkId::toString).orElse("") + "]" + partial.map(part -> "<" + part.origin() + ">").orElse("");
        }
    }

    /** What the macros stand for; the draft has lost ALL (section 7.6.4: "three macros", and two of them). */
    ImmutableList<FetchItem> FAST = ImmutableList.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.SIZE);
    /** FAST and the structure. */
    ImmutableList<FetchItem> FULL = ImmutableList.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.SIZE, Attribute.BODYSTRUCTURE);

    /** Items in a list: for one of content that is asked for, a plain message may have to be gone through twice. */
    int MOST = 100;

    /** Reads a macro, one item, or a list of them, without what stands twice. TOO_BIG for more than {@link #MOST}. */
    static ImmutableList<FetchItem> parseAll(DmapReader arguments) {
        if (arguments.accept('(')) {
            ImmutableList<FetchItem> items = ImmutableSet.copyOf(arguments.restOfList(() -> parse(arguments))).asList();
            if (items.size() > MOST) {
                throw new ProtocolException(Failure.TOO_BIG, "more than " + MOST + " items");
            }
            return items;
        }
        if (arguments.acceptWord("FAST")) {
            return FAST;
        }
        return arguments.acceptWord("FULL") ? FULL : ImmutableList.of(parse(arguments));
    }

    private static FetchItem parse(DmapReader arguments) {
        String word = arguments.expectWord("a data item");
        if (word.equals("BODY") || word.equals("BODY.PEEK")) {
            return body(arguments, word.equals("BODY"));
        }
        return Enums.getIfPresent(Attribute.class, word).toJavaUtil()
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "no such data item"));
    }

    private static Body body(DmapReader arguments, boolean sets) {
        arguments.expect('[');
        Optional<ChunkId> chunk = arguments.sees(']') ? Optional.empty() : Optional.of(chunk(arguments));
        arguments.expect(']');
        Optional<Partial> partial = arguments.accept('<') ? Optional.of(partial(arguments)) : Optional.empty();
        return new Body(chunk, sets, partial);
    }

    private static ChunkId chunk(DmapReader arguments) {
        long type = arguments.expectNumber();
        arguments.expect('.');
        long number = arguments.expectNumber();
        if (type > 255 || number == 0) {
            throw new ProtocolException(Failure.SYNTAX, "a section is a type up to 255, a dot, and a number from 1");
        }
        return new ChunkId((int) type, number);
    }

    private static Partial partial(DmapReader arguments) {
        long origin = arguments.expectNumber();
        arguments.expect('.');
        long size = arguments.expectNumber();
        arguments.expect('>');
        if (size == 0) {
            throw new ProtocolException(Failure.SYNTAX, "a part has at least one octet");
        }
        return new Partial(origin, size);
    }
}
