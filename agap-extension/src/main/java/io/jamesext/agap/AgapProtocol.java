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
package io.jamesext.agap;

import java.net.InetAddress;
import java.util.Optional;

import io.jamesext.agap.error.AgapErrors;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Code;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.AgapWriter;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineDecoder;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.server.Connection;
import io.jamesext.kernel.server.Protocol;
import io.jamesext.kernel.server.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;

/** AGAP for one configured server. */
final class AgapProtocol implements Protocol<Line, AgapSession, AgapReply> {
    private final Operations<AgapOperation<?>> operations;
    private final AgapSettings settings;
    private final String helloName;

    AgapProtocol(Operations<AgapOperation<?>> operations, AgapSettings settings, String helloName) {
        this.operations = operations;
        this.settings = settings;
        this.helloName = helloName;
    }

    @Override
    public String name() {
        return "agap";
    }

    @Override
    public ChannelHandler decoder() {
        return new LineDecoder();
    }

    @Override
    public boolean refuses(InetAddress client) {
        return settings.refuses(client);
    }

    /** AGAP section 4.4. */
    @Override
    public Optional<AgapReply> refused(Refusal refusal, InetAddress client) {
        return Optional.of(switch (refusal) {
            case TOO_MANY_CONNECTIONS -> new Status(Code.RETRY_LATER, "Sorry, too many connections, please retry later");
            case ADDRESS_REFUSED -> new Status(Code.BANNED, "Your IP (" + client.getHostAddress() + ") is blacklisted");
            case BROKEN -> new Status(Code.INTERNAL_ERROR, "Internal error, please contact our administrator");
        });
    }

    @Override
    public AgapSession open(Connection<Line, AgapReply> connection) {
        return new AgapSession(connection);
    }

    /** AGAP section 4.4. */
    @Override
    public Optional<AgapReply> greeting(AgapSession session) {
        return Optional.of(new Status(Code.OK,
            "Welcome to " + helloName + " [" + session.connection().remoteAddress().getHostAddress() + "]"));
    }

    @Override
    public Operations<AgapOperation<?>> operations() {
        return operations;
    }

    @Override
    public String verb(Line line) {
        return line.verb();
    }

    @Override
    public Optional<AgapReply> completed(Line line, AgapSession session) {
        return Optional.of(Status.ok(line.verb() + " completed"));
    }

    @Override
    public AgapReply failed(Optional<Line> line, ProtocolException failure, AgapSession session) {
        // Section 6, "other": a command that is not of this state is unknown; 512 is for one that is, but came too early.
        boolean ofAnotherState = failure.failure() == Failure.WRONG_STATE && line.flatMap(request -> operations.find(request.verb()))
            .filter(operation -> !operation.allowedIn().contains(session.state()))
            .isPresent();
        return ofAnotherState
            ? AgapErrors.status(new ProtocolException(Failure.UNKNOWN_COMMAND, "UNKNOWN command in this state"))
            : AgapErrors.status(failure);
    }

    /** The draft has no word for it. */
    @Override
    public Optional<AgapReply> goodbye(AgapSession session) {
        return Optional.empty();
    }

    @Override
    public void encode(AgapReply reply, ByteBuf out) {
        reply.writeTo(new AgapWriter(out));
    }
}
