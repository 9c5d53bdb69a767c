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

package io.jamesext.lemonade.smtp.data;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.lemonade.smtp.wire.ChunkReceiver;
import io.jamesext.lemonade.smtp.wire.SmtpConnection;
import io.netty.buffer.ByteBuf;

/**
 * Takes a piece of a message, octet by octet: {@code "BDAT" SP chunk-size [SP "LAST"]}. RFC 3030 section 2.
 *
 * <p>The octets are read whatever is wrong with the command, so that none of them becomes a command. When nobody knows how many they are,
 * the connection ends.
 */
public final class BdatCommand implements CommandHandler<SMTPSession>, EhloExtension, ExtensibleHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(BdatCommand.class);
    /** 18 digits: so many octets never come, and they can still be counted. */
    private static final Pattern ARGUMENTS = Pattern.compile("(\\d{1,18})(?: +(.+))?");
    private static final String USAGE = "5.5.4 Usage: BDAT size [LAST]";

    private List<MessageAcceptance> acceptance = List.of();

    @Override
    public Collection<String> getImplCommands() {
        return List.of("BDAT");
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of("CHUNKING");
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(MessageAcceptance.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void wireExtensions(Class<?> type, List<?> handlers) {
        acceptance = (List<MessageAcceptance>) handlers;
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        Matcher arguments = ARGUMENTS.matcher(Optional.ofNullable(request.getArgument()).orElse("").trim());
        if (!arguments.matches()) {
            SMTPResponse response = acceptance.get(0).fail(session, "501", USAGE);
            response.setEndSession(true);
            return response;
        }
        long octets = Long.parseLong(arguments.group(1));
        Optional<String> marker = Optional.ofNullable(arguments.group(2));
        boolean last = marker.filter("LAST"::equalsIgnoreCase).isPresent();
        Optional<Response> refusal = marker.isPresent() && !last
            ? Optional.of(acceptance.get(0).fail(session, "501", USAGE))
            : refusal(session, octets);
        SmtpConnection.of(session).receive(octets, new Chunk(session, octets, last, refusal));
        return SmtpConnection.ANSWERED;
    }

    private Optional<Response> refusal(SMTPSession session, long octets) {
        Optional<Response> outOfSequence = acceptance.get(0).refusal(session);
        if (outOfSequence.isEmpty() && !acceptance.get(0).assembly(session).admit(octets)) {
            return Optional.of(acceptance.get(0).fail(session, "552", "5.3.4 Message too big for system"));
        }
        return outOfSequence;
    }

    /** A chunk on its way, and what will be answered behind it: RFC 3030 section 2 wants all of it read first. */
    private final class Chunk implements ChunkReceiver {
        private final SMTPSession session;
        private final long octets;
        private final boolean last;
        private Optional<Response> refusal;

        Chunk(SMTPSession session, long octets, boolean last, Optional<Response> refusal) {
            this.session = session;
            this.octets = octets;
            this.last = last;
            this.refusal = refusal;
        }

        @Override
        public void receive(ByteBuf piece) {
            if (refusal.isEmpty()) {
                try {
                    piece.readBytes(acceptance.get(0).assembly(session).out(), piece.readableBytes());
                } catch (IOException e) {
                    LOGGER.error("a chunk could not be kept", e);
                    refusal = Optional.of(acceptance.get(0).fail(session, "452", "4.3.1 Insufficient system storage"));
                }
            }
        }

        @Override
        public void complete() {
            SmtpConnection connection = SmtpConnection.of(session);
            if (refusal.isEmpty() && last) {
                connection.answer(acceptance.get(0).timed("bdat", acceptance.get(0).accept(session)));
            } else {
                connection.answer(refusal.orElseGet(() -> new SMTPResponse("250", "2.0.0 " + octets + " octets received")));
            }
        }
    }
}
