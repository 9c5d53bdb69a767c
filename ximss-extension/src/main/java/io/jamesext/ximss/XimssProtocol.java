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
package io.jamesext.ximss;

import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.server.Connection;
import io.jamesext.kernel.server.Protocol;
import io.jamesext.ximss.frame.NulFrameDecoder;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.Bye;
import io.jamesext.ximss.reply.Response;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSessions;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.XimssWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;

/** XIMSS, whatever it is spoken over; its messages end with a zero. XIMSS, "Protocol and Message Syntax". */
final class XimssProtocol implements Protocol<Element, XimssSession, XimssReply> {
    private final XimssServices services;
    private final XimssSettings settings;
    private final XimssSessions sessions;
    private final Operations<XimssOperation<?>> operations;

    XimssProtocol(XimssServices services, XimssSettings settings, XimssSessions sessions) {
        this.services = services;
        this.sessions = sessions;
        this.settings = settings;
        this.operations = XimssOperations.of(services, settings);
    }

    @Override
    public String name() {
        return "ximss";
    }

    @Override
    public ChannelHandler decoder() {
        return new NulFrameDecoder(settings.maxRequestBytes());
    }

    @Override
    public XimssSession open(Connection<Element, XimssReply> connection) {
        return new XimssSession(connection, services.mailboxManager(), sessions);
    }

    /** The client speaks first. */
    @Override
    public Optional<XimssReply> greeting(XimssSession session) {
        return Optional.empty();
    }

    @Override
    public Operations<XimssOperation<?>> operations() {
        return operations;
    }

    /** "Each request message must contain the id attribute": one without is refused before anything is done. */
    @Override
    public String verb(Element frame) {
        if (id(frame).isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "the id attribute is missing");
        }
        return Quirks.verb(frame.name());
    }

    @Override
    public Optional<XimssReply> completed(Element frame, XimssSession session) {
        return Optional.of(new XimssReply(id(frame), new Response(Optional.empty())));
    }

    /** What has no id, or could not be read so far, is answered without one. */
    @Override
    public XimssReply failed(Optional<Element> frame, ProtocolException failure, XimssSession session) {
        return new XimssReply(frame.flatMap(XimssProtocol::id), new Response(Optional.of(failure)));
    }

    @Override
    public Optional<XimssReply> goodbye(XimssSession session) {
        return Optional.of(XimssReply.news(new Bye()));
    }

    /** The example of "Mailbox Operations" has a notify among the answers to a folderBrowse. */
    @Override
    public boolean interleavesNews() {
        return true;
    }

    @Override
    public void encode(XimssReply reply, ByteBuf out) {
        reply.message().writeTo(new XimssWriter(out, reply.id()));
        out.writeByte(0);
    }

    private static Optional<String> id(Element frame) {
        return frame.attribute("id").filter(id -> !id.isEmpty());
    }
}
