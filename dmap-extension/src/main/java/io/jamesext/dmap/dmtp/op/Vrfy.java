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

import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.dmtp.Directory;
import io.jamesext.dmap.dmtp.DmtpOperation;
import io.jamesext.dmap.dmtp.DmtpReply;
import io.jamesext.dmap.dmtp.DmtpSession;
import io.jamesext.dmap.dmtp.LookupRate;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Tells whether a signet is the one that is used now: {@code "VRFY" SP (user / domain) SP fingerprint}. 250 says yes, 251 that there is a
 * newer one, and which. PROTOCOL.md section 10.4.
 */
public final class Vrfy implements DmtpOperation<Subject> {
    private final Directory directory;
    private final LookupRate rate;

    /** On the signets of this installation. */
    public Vrfy(Directory directory, LookupRate rate) {
        this.directory = directory;
        this.rate = rate;
    }

    @Override
    public String name() {
        return "VRFY";
    }

    @Override
    public Subject parse(CommandLine line) {
        Subject subject = Subject.parse(line);
        if (subject.fingerprint().isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "expected FINGERPRINT=");
        }
        return subject;
    }

    @Override
    public Publisher<DmtpReply> run(Subject subject, DmtpSession session) {
        rate.count(session.connection().remoteAddress());
        Subject now = new Subject(subject.name(), subject.isUser(), Optional.empty());
        return subject.signet(directory)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such signet")))
            .then(now.signet(directory))
            .map(signet -> signet.isNamed(subject.fingerprint().orElseThrow())
                ? DmtpReply.of(250, "CURRENT")
                : DmtpReply.of(251, "NEWER [" + signet.fingerprint(SignetLevel.CRYPTO) + "]"));
    }
}
