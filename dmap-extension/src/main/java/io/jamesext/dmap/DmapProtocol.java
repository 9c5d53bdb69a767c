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
package io.jamesext.dmap;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.error.DmapErrors;
import io.jamesext.dmap.reply.Completion;
import io.jamesext.dmap.reply.Condition;
import io.jamesext.dmap.reply.ContinuationRequest;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Nothing;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.reply.Status;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapDecoder;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.DmapWriter;
import io.jamesext.dmap.wire.Frame;
import io.jamesext.dmap.wire.Limits;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.server.Connection;
import io.jamesext.kernel.server.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;

/** DMAP for one configured server. */
final class DmapProtocol implements Protocol<Frame, DmapSession, DmapReply> {
    /**
     * After these the client's own message numbers must still mean what they meant when it sent them, for it may have sent more of
     * the kind already. Draft section 6.2 refers to a section on EXPUNGE that it does not have; this is RFC 9051 section 7.5.1.
     */
    private static final Set<String> BY_NUMBER = ImmutableSet.of("FETCH", "STORE", "SEARCH");

    private final Operations<DmapOperation<?>> operations;
    private final Capabilities capabilities;
    private final Limits limits;

    DmapProtocol(Operations<DmapOperation<?>> operations, Capabilities capabilities, Limits limits) {
        this.operations = operations;
        this.capabilities = capabilities;
        this.limits = limits;
    }

    @Override
    public String name() {
        return "dmap";
    }

    @Override
    public ChannelHandler decoder() {
        return new DmapDecoder(limits);
    }

    @Override
    public DmapSession open(Connection<Frame, DmapReply> connection) {
        return new DmapSession(connection);
    }

    /** Draft section 8.1.1, with the capabilities as section 8.2.1 allows. */
    @Override
    public Optional<DmapReply> greeting(DmapSession session) {
        return Optional.of(Status.untagged(Condition.OK, new ResponseCode.Capabilities(capabilities.of(session)),
            "DMAP server ready"));
    }

    @Override
    public Operations<DmapOperation<?>> operations() {
        return operations;
    }

    @Override
    public String verb(Frame frame) {
        if (frame instanceof Frame.Refused refused) {
            throw refused.failure();
        }
        if (!(frame instanceof Frame.Command command) || frame.tag().isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "expected a tag");
        }
        DmapReader reader = new DmapReader(command.text());
        reader.expectAtom("a tag");
        return reader.expectSpace().expectWord("a command");
    }

    @Override
    public Optional<DmapReply> goAhead(Frame frame) {
        if (frame instanceof Frame.Part || frame instanceof Frame.End) {
            // The command that it belongs to has failed.
            return Optional.of(new Nothing());
        }
        return frame instanceof Frame.Continuation ? Optional.of(new ContinuationRequest("Ready for the literal")) : Optional.empty();
    }

    @Override
    public Optional<DmapReply> completed(Frame frame, DmapSession session) {
        String verb = verb(frame);
        session.takeRefusalCode();
        Status status = new Status(frame.tag().orElse(Status.UNTAGGED), Condition.OK, session.takeAnswerCode(),
            command(frame, verb) + " completed");
        return Optional.of(new Completion(news(Optional.of(verb), session), status));
    }

    @Override
    public DmapReply failed(Optional<Frame> frame, ProtocolException failure, DmapSession session) {
        session.takeAnswerCode();
        Optional<ResponseCode> code = session.takeRefusalCode();
        if (frame.isEmpty()) {
            // The decoder has lost its way and the connection closes; the command itself was answered before.
            return DmapErrors.goodbye(failure);
        }
        Status status = DmapErrors.status(frame.get().tag(), failure);
        return new Completion(news(verbOf(frame.get()), session), code.isEmpty() ? status : status.with(code.get()));
    }

    /** Draft section 8.1.5. */
    @Override
    public Optional<DmapReply> goodbye(DmapSession session) {
        return Optional.of(new Status(Status.UNTAGGED, Condition.BYE, Optional.empty(), "The server is going down"));
    }

    @Override
    public void encode(DmapReply reply, ByteBuf out) {
        reply.writeTo(new DmapWriter(out));
    }

    /** Draft section 7.6.8 names both words of a UID command in its completion. */
    private static String command(Frame frame, String verb) {
        if (!verb.equals("UID") || !(frame instanceof Frame.Command command)) {
            return verb;
        }
        DmapReader reader = new DmapReader(command.text());
        reader.expectAtom("a tag");
        reader.expectSpace().expectWord("a command");
        return "UID " + reader.expectSpace().expectWord("a command");
    }

    /** A command that cannot be understood may have been one by number. */
    private static List<DmapReply> news(Optional<String> verb, DmapSession session) {
        boolean mayRenumber = verb.isPresent() && !BY_NUMBER.contains(verb.get());
        return session.takeNews(mayRenumber, verb.filter("UID"::equals).isPresent());
    }

    private Optional<String> verbOf(Frame frame) {
        try {
            return Optional.of(verb(frame));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}
