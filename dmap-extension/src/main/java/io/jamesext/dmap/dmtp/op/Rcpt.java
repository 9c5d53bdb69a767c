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

import java.util.Set;

import org.reactivestreams.Publisher;

import com.google.common.collect.Sets;

import io.jamesext.dmap.dmtp.Directory;
import io.jamesext.dmap.dmtp.DmtpOperation;
import io.jamesext.dmap.dmtp.DmtpReply;
import io.jamesext.dmap.dmtp.DmtpSession;
import io.jamesext.dmap.dmtp.DmtpState;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/** Names the destination of a message, an organisation of this installation: {@code "RCPT" SP "TO=<" domain ">" [SP fingerprint]}. */
public final class Rcpt implements DmtpOperation<DmtpSession.Named> {
    private static final Set<DmtpState> ALLOWED = Sets.immutableEnumSet(DmtpState.ORIGIN_NAMED);

    private final Directory directory;

    /** On the signets of this installation. */
    public Rcpt(Directory directory) {
        this.directory = directory;
    }

    @Override
    public String name() {
        return "RCPT";
    }

    @Override
    public Set<DmtpState> allowedIn() {
        return ALLOWED;
    }

    @Override
    public DmtpSession.Named parse(CommandLine line) {
        line.only(0, "TO", "FINGERPRINT");
        return new DmtpSession.Named(Domains.parse(line.require("TO")), line.fingerprint());
    }

    @Override
    public Publisher<DmtpReply> run(DmtpSession.Named destination, DmtpSession session) {
        return directory.ofDomain(destination.domain(), destination.fingerprint())
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MAILBOX,
                "no mail for this domain here, or not with this signet")))
            .map(signet -> {
                session.to(destination);
                return DmtpReply.of(250, "OK");
            });
    }
}
