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
package io.jamesext.dmap.dmtp.op;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.collect.Sets;

import io.jamesext.dmap.dmtp.Acceptance;
import io.jamesext.dmap.dmtp.DmtpOperation;
import io.jamesext.dmap.dmtp.DmtpReply;
import io.jamesext.dmap.dmtp.DmtpSession;
import io.jamesext.dmap.dmtp.DmtpState;
import io.jamesext.dmap.dmtp.LookupRate;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import io.jamesext.dmap.dmtp.wire.DmtpFrame;
import io.jamesext.kernel.mailbox.Spool;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * Takes a message: {@code "DATA" SP "SIZE=[" 1*10DIGIT "]" CRLF *OCTET}. Its octets come at once, without a go-ahead. Whatever becomes
 * of it, the next one begins with MAIL. PROTOCOL.md section 10.5.
 */
public final class Data implements DmtpOperation<Data.Request> {
    /** How many octets come. */
    public record Request(long sizeBytes) {
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Data.class);
    private static final Set<DmtpState> ALLOWED = Sets.immutableEnumSet(DmtpState.DESTINATION_NAMED);

    private final Acceptance acceptance;
    private final LookupRate rate;

    /** On what judges messages; who makes us ask others is counted as who asks us. */
    public Data(Acceptance acceptance, LookupRate rate) {
        this.acceptance = acceptance;
        this.rate = rate;
    }

    @Override
    public String name() {
        return "DATA";
    }

    @Override
    public Set<DmtpState> allowedIn() {
        return ALLOWED;
    }

    @Override
    public Request parse(CommandLine line) {
        return new Request(line.announced().orElseThrow());
    }

    @Override
    public Publisher<DmtpReply> run(Request request, DmtpSession session) {
        return Mono.usingWhen(Mono.fromCallable(() -> new Spool(0)),
                spool -> receive(spool, session)
                    .then(Mono.defer(() -> acceptance.accept(spool, session.origin(), session.destination(),
                        () -> rate.count(session.connection().remoteAddress())))),
                Data::forget)
            .then(Mono.just(DmtpReply.of(250, "OK")))
            // Before the answer is told, for the next command may run as soon as it is.
            .doOnTerminate(session::reset);
    }

    /** Whether the file can be deleted is no matter of the client's: the message may be in the queue, and would come again. */
    private static Mono<Void> forget(Spool spool) {
        return Blocking.run(spool::close).onErrorResume(e -> {
            LOGGER.warn("The temporary file of a message is not deleted", e);
            return Mono.empty();
        });
    }

    /** What comes after a failure is thrown away by the protocol. */
    private static Mono<Void> receive(Spool spool, DmtpSession session) {
        return session.connection().nextFrame()
            .doOnNext(frame -> receive(frame, spool))
            .repeat()
            .takeUntil(DmtpFrame.End.class::isInstance)
            .then();
    }

    private static void receive(DmtpFrame frame, Spool spool) {
        try {
            if (frame instanceof DmtpFrame.Part part) {
                spool.out().write(part.octets());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a message cannot be written to a file", e);
        }
    }
}
