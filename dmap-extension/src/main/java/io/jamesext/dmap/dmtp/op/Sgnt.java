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

import org.reactivestreams.Publisher;

import io.jamesext.dmap.dmtp.Directory;
import io.jamesext.dmap.dmtp.DmtpOperation;
import io.jamesext.dmap.dmtp.DmtpReply;
import io.jamesext.dmap.dmtp.DmtpSession;
import io.jamesext.dmap.dmtp.LookupRate;
import io.jamesext.dmap.dmtp.SignetReplies;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells a signet: {@code "SGNT" SP (user / domain) [SP fingerprint]}. PROTOCOL.md section 10.4. */
public final class Sgnt implements DmtpOperation<Subject> {
    private final Directory directory;
    private final LookupRate rate;

    /** On the signets of this installation. */
    public Sgnt(Directory directory, LookupRate rate) {
        this.directory = directory;
        this.rate = rate;
    }

    @Override
    public String name() {
        return "SGNT";
    }

    @Override
    public Subject parse(CommandLine line) {
        return Subject.parse(line);
    }

    @Override
    public Publisher<DmtpReply> run(Subject subject, DmtpSession session) {
        rate.count(session.connection().remoteAddress());
        return subject.signet(directory)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such signet")))
            .flatMapMany(signet -> Flux.just(SignetReplies.part(subject.name(), signet), DmtpReply.of(250, "OK")));
    }
}
