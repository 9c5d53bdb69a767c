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

import java.util.Optional;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dmtp.Directory;
import io.jamesext.dmap.dmtp.DmtpOperation;
import io.jamesext.dmap.dmtp.DmtpReply;
import io.jamesext.dmap.dmtp.DmtpSession;
import io.jamesext.dmap.dmtp.LookupRate;
import io.jamesext.dmap.dmtp.SignetReplies;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Tells all signets of a user between two that are named, the newest first, these two included:
 * {@code "HIST" SP user [SP "START=[" fingerprint "]"] [SP "STOP=[" fingerprint "]"]}. Without START from the newest on, without STOP to
 * the oldest. PROTOCOL.md section 10.4.
 */
public final class Hist implements DmtpOperation<Hist.Request> {
    /** Whose signets, and from which to which. */
    public record Request(String address, Optional<Fingerprint> start, Optional<Fingerprint> stop) {
    }

    private final Directory directory;
    private final LookupRate rate;

    /** On the signets of this installation. */
    public Hist(Directory directory, LookupRate rate) {
        this.directory = directory;
        this.rate = rate;
    }

    @Override
    public String name() {
        return "HIST";
    }

    @Override
    public Request parse(CommandLine line) {
        line.only(0, "USER", "START", "STOP");
        return new Request(Subject.address(line.require("USER")), line.find("START").map(Fingerprint::parse),
            line.find("STOP").map(Fingerprint::parse));
    }

    @Override
    public Publisher<DmtpReply> run(Request request, DmtpSession session) {
        rate.count(session.connection().remoteAddress());
        return directory.history(request.address())
            .skipUntil(signet -> request.start().isEmpty() || signet.isNamed(request.start().get()))
            .takeUntil(signet -> request.stop().filter(signet::isNamed).isPresent())
            .map(signet -> SignetReplies.part(request.address(), signet))
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such signet")))
            .concatWithValues(DmtpReply.of(250, "OK"));
    }
}
