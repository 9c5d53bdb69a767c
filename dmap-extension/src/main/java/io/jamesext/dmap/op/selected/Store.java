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

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.Extension;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.flags.FlagUpdates;

/**
 * Changes flags, or the client's block. Draft section 7.6.5, CREF25:
 * {@code "STORE" SP sequence-set [SP "(UNCHANGEDSINCE" SP number ")"] SP (["+" / "-"] "FLAGS" [".SILENT"] SP "(" [flag *(SP flag)] ")" /
 * "META" [".SILENT"] SP (literal / "NIL"))}; UNCHANGEDSINCE as in RFC 7162 section 3.1.3.
 */
public final class Store implements ByUid<Store.Request> {
    private static final Map<String, FlagsUpdateMode> ITEMS = ImmutableMap.of(
        "FLAGS", FlagsUpdateMode.REPLACE,
        "+FLAGS", FlagsUpdateMode.ADD,
        "-FLAGS", FlagsUpdateMode.REMOVE);
    private static final String SILENT = ".SILENT";

    /** Which messages, and how their flags change. */
    public record Request(SequenceSet messages, boolean byUid, OptionalLong unchangedSince, Change change) {
        static Request parse(DmapReader arguments, boolean byUid) {
            SequenceSet messages = arguments.expectSpace().expectSequenceSet();
            OptionalLong unchangedSince = arguments.expectSpace().accept('(')
                ? OptionalLong.of(modSeq(arguments)) : OptionalLong.empty();
            return new Request(messages, byUid, unchangedSince, Change.parse(arguments));
        }

        private static long modSeq(DmapReader arguments) {
            if (!arguments.acceptWord("UNCHANGEDSINCE")) {
                throw arguments.expected("UNCHANGEDSINCE");
            }
            long modSeq = arguments.expectSpace().expectNumber();
            arguments.expect(')');
            arguments.expectSpace();
            return modSeq;
        }
    }

    /** A data item and its value. */
    public sealed interface Change {
        /** True when the client does not want to hear the new value. */
        boolean silent();

        /** Refuses what an account of this mode keeps to itself. What is there already can be taken away. */
        default void check(Mode mode) {
            if (this instanceof OfFlags flags && flags.mode() != FlagsUpdateMode.REMOVE) {
                DmapFlags.check(DmapFlags.parse(flags.names()), mode);
            }
        }

        /** FLAGS, +FLAGS and -FLAGS. */
        record OfFlags(FlagsUpdateMode mode, boolean silent, ImmutableList<String> names) implements Change {
        }

        /** META; empty takes the block away. */
        record OfMeta(boolean silent, Optional<byte[]> block) implements Change {
        }

        private static Change parse(DmapReader arguments) {
            String item = arguments.expectWord("a data item");
            boolean silent = item.endsWith(SILENT);
            String plain = silent ? item.substring(0, item.length() - SILENT.length()) : item;
            arguments.expectSpace();
            return plain.equals("META") ? new OfMeta(silent, block(arguments)) : flags(plain, silent, arguments);
        }

        private static Change flags(String item, boolean silent, DmapReader arguments) {
            FlagsUpdateMode mode = ITEMS.get(item);
            if (mode == null) {
                throw new ProtocolException(Failure.SYNTAX, "no such data item");
            }
            arguments.expect('(');
            ImmutableList<String> names = arguments.accept(')') ? ImmutableList.of() : arguments.restOfList(arguments::expectFlag);
            DmapFlags.parse(names);
            return new OfFlags(mode, silent, names);
        }

        private static Optional<byte[]> block(DmapReader arguments) {
            if (arguments.acceptWord("NIL")) {
                return Optional.empty();
            }
            byte[] block = arguments.expectOctets("a literal or NIL");
            if (block.length > MetaTable.MAX_BLOCK) {
                throw new ProtocolException(Failure.TOO_BIG, "META has at most 65536 octets");
            }
            return Optional.of(block);
        }
    }

    /** What changes flags and the clients' blocks. */
    public record Services(MailboxManager mailboxManager, FlagUpdates updates, MetaTable meta) {
    }

    private final Services services;

    /** On these. */
    public Store(Services services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "STORE";
    }

    @Override
    public Request parse(DmapReader arguments, boolean byUid) {
        return Request.parse(arguments, byUid);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        session.requireUids(request.byUid());
        session.selected().requireWritable();
        request.change().check(session.mode());
        if (request.unchangedSince().isPresent()) {
            session.enable(Extension.CONDSTORE);
        }
        return new StoreRun(request, session, services).run();
    }
}
