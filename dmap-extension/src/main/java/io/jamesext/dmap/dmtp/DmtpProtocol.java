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

import java.net.InetAddress;
import java.util.Optional;

import io.jamesext.dmap.dmtp.wire.DmtpDecoder;
import io.jamesext.dmap.dmtp.wire.DmtpFrame;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.server.Connection;
import io.jamesext.kernel.server.Protocol;
import io.jamesext.kernel.server.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;

/** DMTP for one configured server. */
final class DmtpProtocol implements Protocol<DmtpFrame, DmtpSession, DmtpReply> {
    private final Operations<DmtpOperation<?>> operations;
    private final String host;
    private final long maxMessageBytes;

    DmtpProtocol(Operations<DmtpOperation<?>> operations, String host, long maxMessageBytes) {
        this.operations = operations;
        this.host = host;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public String name() {
        return "dmtp";
    }

    @Override
    public ChannelHandler decoder() {
        return new DmtpDecoder(maxMessageBytes);
    }

    @Override
    public DmtpSession open(Connection<DmtpFrame, DmtpReply> connection) {
        return new DmtpSession(connection);
    }

    @Override
    public Optional<DmtpReply> refused(Refusal refusal, InetAddress client) {
        return Optional.of(DmtpReply.of(421, "too many connections, try again later"));
    }

    @Override
    public Optional<DmtpReply> greeting(DmtpSession session) {
        return Optional.of(DmtpReply.of(220, host + " DMTP"));
    }

    @Override
    public Operations<DmtpOperation<?>> operations() {
        return operations;
    }

    @Override
    public String verb(DmtpFrame frame) {
        if (!(frame instanceof DmtpFrame.Command command)) {
            throw new ProtocolException(Failure.SYNTAX, "expected a command");
        }
        return command.line().verb();
    }

    /** What is left of a message whose DATA has failed. */
    @Override
    public Optional<DmtpReply> goAhead(DmtpFrame frame) {
        return frame instanceof DmtpFrame.Command ? Optional.empty() : Optional.of(DmtpReply.nothing());
    }

    @Override
    public Optional<DmtpReply> completed(DmtpFrame frame, DmtpSession session) {
        return Optional.of(DmtpReply.of(250, "OK"));
    }

    @Override
    public DmtpReply failed(Optional<DmtpFrame> frame, ProtocolException failure, DmtpSession session) {
        return DmtpReply.of(DmtpErrors.code(failure.failure(), frame.isPresent()), failure.text());
    }

    @Override
    public Optional<DmtpReply> goodbye(DmtpSession session) {
        return Optional.of(DmtpReply.of(421, "the server is going down"));
    }

    @Override
    public void encode(DmtpReply reply, ByteBuf out) {
        reply.writeTo(out);
    }
}
