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

import io.jamesext.dmap.dmtp.DmtpOperation;
import io.jamesext.dmap.dmtp.DmtpReply;
import io.jamesext.dmap.dmtp.DmtpSession;
import io.jamesext.dmap.dmtp.DmtpState;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import reactor.core.publisher.Mono;

/** Names the origin of a message, an organisation: {@code "MAIL" SP "FROM=<" domain ">" [SP fingerprint]}. No user is named. */
public final class Mail implements DmtpOperation<DmtpSession.Named> {
    private static final Set<DmtpState> ALLOWED = Sets.immutableEnumSet(DmtpState.GREETED);

    @Override
    public String name() {
        return "MAIL";
    }

    @Override
    public Set<DmtpState> allowedIn() {
        return ALLOWED;
    }

    @Override
    public DmtpSession.Named parse(CommandLine line) {
        line.only(0, "FROM", "FINGERPRINT");
        return new DmtpSession.Named(Domains.parse(line.require("FROM")), line.fingerprint());
    }

    @Override
    public Publisher<DmtpReply> run(DmtpSession.Named origin, DmtpSession session) {
        return Mono.fromCallable(() -> {
            session.from(origin);
            return DmtpReply.of(250, "OK");
        });
    }
}
