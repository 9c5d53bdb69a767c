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
import java.util.OptionalInt;
import java.util.Set;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.RangeSet;

import io.jamesext.dmap.mail.DmapFlags;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.FetchValue;
import io.jamesext.dmap.reply.Fetched;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/**
 * Changes flags. Draft section 7.6.5:
 * {@code "STORE" SP sequence-set [SP "(UNCHANGEDSINCE" SP number ")"] SP ["+" / "-"] "FLAGS" [".SILENT"] SP "(" [flag *(SP flag)] ")"};
 * UNCHANGEDSINCE as in RFC 7162 section 3.1.3.
 */
public final class Store implements ByUid<Store.Request> {
    private static final Map<String, FlagsUpdateMode> ITEMS = ImmutableMap.of(
        "FLAGS", FlagsUpdateMode.REPLACE,
        "+FLAGS", FlagsUpdateMode.ADD,
        "-FLAGS", FlagsUpdateMode.REMOVE);
    private static final String SILENT = ".SILENT";
    /** How many messages are changed at once. */
    private static final int AT_ONCE = 500;

    /** Which messages, and how their flags change. */
    public record Request(SequenceSet messages, boolean byUid, Optional<Long> unchangedSince, Change change) {
        static Request parse(DmapReader arguments, boolean byUid) {
            SequenceSet messages = arguments.expectSpace().expectSequenceSet();
            Optional<Long> unchangedSince = arguments.expectSpace().accept('(')
                ? Optional.of(modSeq(arguments)) : Optional.empty();
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
    public record Change(FlagsUpdateMode mode, boolean silent, ImmutableList<String> names) {
        static Change parse(DmapReader arguments) {
            String item = arguments.expectWord("a data item");
            boolean silent = item.endsWith(SILENT);
            String plain = silent ? item.substring(0, item.length() - SILENT.length()) : item;
            if (plain.equals("META")) {
                // TODO section 7.6.4, META (CREF25): the client's encrypted block has no place yet.
                throw new ProtocolException(Failure.NOT_SUPPORTED, "META cannot be stored");
            }
            FlagsUpdateMode mode = ITEMS.get(plain);
            if (mode == null) {
                throw new ProtocolException(Failure.SYNTAX, "no such data item");
            }
            arguments.expectSpace().expect('(');
            ImmutableList<String> names = arguments.accept(')') ? ImmutableList.of() : arguments.restOfList(arguments::expectFlag);
            DmapFlags.parse(names);
            return new Change(mode, silent, names);
        }
    }

    @Override
    public String name() {
        return "STORE";
    }

    @Override
    public Set<DmapState> allowedIn() {
        return SELECTED;
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments, false);
    }

    @Override
    public Request parseByUid(DmapReader arguments) {
        return Request.parse(arguments, true);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        SelectedMailbox selected = session.selected();
        selected.requireWritable();
        RangeSet<Integer> wanted = selected.sequences(request.messages(), request.byUid());
        if (request.unchangedSince().isPresent()) {
            return new ConditionalStore(request, session).run(wanted, request.unchangedSince().get());
        }
        return change(request.change(), wanted, session)
            .filter(changed -> !request.change().silent())
            .concatMapIterable(changed -> responses(changed, request.byUid(), selected));
    }

    /** Makes the change, and gives the flags that each message has now. */
    static Flux<Map<MessageUid, Flags>> change(Change change, RangeSet<Integer> wanted, DmapSession session) {
        SelectedMailbox selected = session.selected();
        return Flux.fromIterable(selected.ranges(wanted, AT_ONCE))
            .concatMap((MessageRange range) -> selected.mailbox().setFlagsReactive(DmapFlags.parse(change.names()), change.mode(), range,
                session.mailboxSession()), 1);
    }

    private static ImmutableList<DmapReply> responses(Map<MessageUid, Flags> changed, boolean byUid, SelectedMailbox selected) {
        ImmutableList.Builder<DmapReply> responses = ImmutableList.builder();
        ImmutableSortedMap.copyOf(changed).forEach((uid, flags) -> {
            OptionalInt sequence = selected.sequence(uid);
            if (sequence.isPresent()) {
                ImmutableList.Builder<FetchValue> values = ImmutableList.builder();
                values.add(new FetchValue.Flags(DmapFlags.format(flags)));
                if (byUid) {
                    values.add(new FetchValue.Numeric("UID", uid.asLong()));
                }
                responses.add(new Fetched(sequence.getAsInt(), values.build()));
            }
        });
        return responses.build();
    }
}
