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
package io.jamesext.ximss.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.net.UrlEscapers;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.mail.MessagePart;
import io.jamesext.ximss.session.XimssSession;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import reactor.core.publisher.Mono;

/** Sends a message of an open folder, or a part of one with its transfer encoding undone. */
final class Download {
    private static final Logger LOGGER = LoggerFactory.getLogger(Download.class);
    /** The UID, the part as in folderRead, and whatever the client wants the file to end with. */
    private static final Pattern NAME = Pattern.compile("(\\d{1,10})(?:-([0-9E]{1,4}(?:-[0-9E]{1,4})*))?(?:\\.\\w{1,10})?");
    /** What a browser may show: of the rest, anything could be a program. */
    private static final Set<String> HARMLESS = Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "text/plain");
    private static final int CHUNK = 64 * 1024;

    private final StoredMessages messages;

    Download(StoredMessages messages) {
        this.messages = messages;
    }

    /**
     * Sends it.
     *
     * @param folder the name of a folder that the session has open
     * @param name as {@code 17-02.jpg}
     */
    void send(Exchange exchange, XimssSession session, String folder, String name) {
        Matcher matcher = NAME.matcher(name);
        Mono.defer(() -> {
            if (!matcher.matches()) {
                throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such part");
            }
            return messages.find(session.folder(folder).mailbox(), Long.parseLong(matcher.group(1)), session.mailboxSession());
        }).flatMap(message -> Blocking.call(() -> MessagePart.of(StoredMessages.octets(message), Optional.ofNullable(matcher.group(2)))))
            .flatMap(part -> Blocking.call(() -> begin(exchange, part)))
            .subscribe(Pump::next, e -> refuse(exchange, e));
    }

    private static Pump begin(Exchange exchange, MessagePart part) throws IOException {
        String disposition = (HARMLESS.contains(part.mediaType()) ? "inline" : "attachment")
            + part.fileName().map(name -> "; filename*=UTF-8''"
                + UrlEscapers.urlFormParameterEscaper().escape(name).replace("+", "%20")).orElse("");
        InputStream octets = part.octets().openStream();
        return new Pump(octets, exchange.stream(part.mediaType() + part.charset().map(value -> "; charset=" + value).orElse(""), Map.of(
            HttpHeaderNames.CONTENT_DISPOSITION, disposition,
            // Mail is written by anybody, and this has the address of the session.
            HttpHeaderNames.CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'")));
    }

    private static void refuse(Exchange exchange, Throwable cause) {
        ProtocolException failure = MailboxFailures.of(cause);
        if (failure.failure() == Failure.INTERNAL) {
            LOGGER.error("a download failed", cause);
        }
        exchange.refuse(switch (failure.failure()) {
            case NO_SUCH_MAILBOX, NO_SUCH_MESSAGE -> HttpResponseStatus.NOT_FOUND;
            case NO_PERMISSION -> HttpResponseStatus.FORBIDDEN;
            default -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
        }, failure.text());
    }

    /** Reads a piece where blocking is allowed, sends it, and only then reads the next. */
    private record Pump(InputStream octets, Exchange.Stream stream) {
        void next() {
            Blocking.call(() -> octets.readNBytes(CHUNK)).subscribe(this::send, e -> {
                LOGGER.error("a download broke off", e);
                stop();
            });
        }

        private void send(byte[] piece) {
            if (piece.length == 0) {
                close();
                stream.end();
                return;
            }
            stream.send(Unpooled.wrappedBuffer(piece)).addListener(sent -> {
                if (sent.isSuccess()) {
                    next();
                } else {
                    stop();
                }
            });
        }

        private void stop() {
            close();
            stream.drop();
        }

        private void close() {
            try {
                octets.close();
            } catch (IOException e) {
                LOGGER.debug("a message could not be closed", e);
            }
        }
    }
}
