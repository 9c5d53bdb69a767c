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
package io.jamesext.agap.op.notauthenticated;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.NoArguments;
import io.jamesext.agap.gzip.Gzip;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Begins TLS behind its response. AGAP section 4.9: {@code STLS}; under TLS it does nothing. Compression goes on inside TLS, with a new
 * stream in each direction: the old ones could refer to what somebody on the path has put into them.
 */
public final class Stls implements AgapOperation<NoArguments> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "STLS";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.NOT_AUTHENTICATED);
    }

    @Override
    public NoArguments parse(Line line) {
        return NoArguments.parse(line);
    }

    @Override
    public Flux<AgapReply> run(NoArguments request, AgapSession session) {
        Flux<AgapReply> done = Flux.just(Status.ok("Using TLS"));
        if (session.connection().isEncrypted()) {
            return done;
        }
        if (!session.connection().canStartTls()) {
            throw new ProtocolException(Failure.UNKNOWN_COMMAND, "UNKNOWN command");
        }
        return Flux.fromStream(session.compression().stream()).concatMap(Stls::flushed)
            .then(Mono.fromRunnable(session.connection()::startTls))
            .thenMany(done);
    }

    /** The end of a compressed line may come later than all of its characters, and must come before TLS. */
    private static Mono<Void> flushed(Gzip compression) {
        return Flux.interval(Duration.ZERO, BETWEEN_LOOKS, Blocking.SCHEDULER)
            .filter(look -> compression.isFlushed())
            .next()
            .timeout(PATIENCE)
            .onErrorMap(TimeoutException.class, late ->
                new ProtocolException(Failure.SYNTAX, "INVALID compression (the command must end with a sync flush)"))
            .then();
    }
}
