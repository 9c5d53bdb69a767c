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
package io.jamesext.agap.op.authenticated;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import org.apache.james.core.Username;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.AgapSettings;
import io.jamesext.agap.presence.Presence;
import io.jamesext.agap.presence.PresenceStore;
import io.jamesext.agap.presence.Presences;
import io.jamesext.agap.presence.Span;
import io.jamesext.agap.presence.Statement;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.netty.buffer.ByteBufUtil;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Announces the user's presence, or tells that of somebody. AGAP section 4.33:
 * {@code PNFO HERE | AWAY | FOR number unit | IDLE number unit | STATUS text | AT text | USER user}. Nobody is present who has not
 * announced it. Only users of the same domain are told, unless the operator lets strangers ask; all others look like users who have
 * announced nothing.
 */
public final class Pnfo implements AgapOperation<Pnfo.Request> {
    /** What follows the command. */
    private enum Form { HERE, AWAY, FOR, IDLE, STATUS, AT, USER }

    /** So much of a line is left for a text beside what stands before it. */
    private static final int MAX_TEXT_OCTETS = 900;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx").withZone(ZoneOffset.UTC);

    /**
     * What is announced or asked.
     *
     * @param span of FOR and IDLE
     * @param text of STATUS, AT and USER; empty for the others
     */
    public record Request(Form form, Optional<Span> span, String text) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments();
            if (arguments.atEnd()) {
                throw new ProtocolException(Failure.SYNTAX, "Missing argument");
            }
            String word = arguments.expectAtom("argument");
            Form form = Arrays.stream(Form.values()).filter(known -> known.name().equalsIgnoreCase(word)).findFirst()
                .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "UNKNOWN argument"));
            Request request = switch (form) {
                case HERE, AWAY -> new Request(form, Optional.empty(), "");
                case FOR, IDLE -> new Request(form, Optional.of(Span.parse(arguments.expectAtom("number"), arguments.expectAtom("unit"))),
                    "");
                case STATUS, AT -> new Request(form, Optional.empty(), arguments.atEnd() ? "" : text(arguments.expectVerbatim("text")));
                case USER -> new Request(form, Optional.empty(), arguments.expectAtom("user"));
            };
            arguments.expectEnd();
            return request;
        }

        private static String text(String text) {
            // Others will see it, perhaps on a terminal.
            if (ByteBufUtil.utf8Bytes(text) > MAX_TEXT_OCTETS || CharMatcher.javaIsoControl().matchesAnyOf(text)) {
                throw new ProtocolException(Failure.SYNTAX, "INVALID text (it is too long, or has control characters)");
            }
            return text;
        }
    }

    private final Presences presences;
    private final AgapSettings settings;

    /** On the presence of all users. */
    public Pnfo(Presences presences, AgapSettings settings) {
        this.presences = presences;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "PNFO";
    }

    @Override
    public Set<State> allowedIn() {
        return EnumSet.of(State.AUTHENTICATED, State.NOT_SELECTED, State.PRESENCE);
    }

    @Override
    public Request parse(Line line) {
        if (!settings.presence()) {
            throw new ProtocolException(Failure.UNKNOWN_COMMAND, "Presence is not supported");
        }
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        if (request.form == Form.USER) {
            return tell(request.text, session);
        }
        if (session.state() == State.PRESENCE) {
            throw new ProtocolException(Failure.UNKNOWN_COMMAND, "UNKNOWN command in this state");
        }
        Instant now = presences.now();
        long seconds = request.span.map(Span::seconds).orElse(0L);
        String span = request.span.map(Span::toString).orElse("");
        return switch (request.form) {
            case HERE -> announce(Statement.State.HERE, now, Optional.empty(), session, "You are online and not idle");
            case AWAY -> announce(Statement.State.AWAY, now, Optional.empty(), session, "You are no more online");
            case FOR -> announce(Statement.State.HERE, now,
                Optional.of(now.plusSeconds(Math.min(seconds, PresenceStore.RETENTION.toSeconds()))), session,
                "You are now online. Expecting an update in " + span + ".");
            case IDLE -> announce(Statement.State.IDLE, Instant.ofEpochSecond(Math.max(0, now.getEpochSecond() - seconds)),
                Optional.empty(), session, "You are idle since " + span);
            case STATUS -> put(PresenceStore.Text.STATUS, request.text, session, "You changed your status text");
            case AT -> put(PresenceStore.Text.AT, request.text, session, "You changed your location text");
            case USER -> throw new IllegalStateException("told above");
        };
    }

    private Flux<AgapReply> announce(Statement.State state, Instant since, Optional<Instant> until, AgapSession session, String done) {
        return presences.announce(session, new Statement(state, since, until)).thenMany(Flux.just(Status.ok(done)));
    }

    private Flux<AgapReply> put(PresenceStore.Text text, String value, AgapSession session, String done) {
        return presences.put(session, text, value).thenMany(Flux.just(Status.ok(done)));
    }

    private Flux<AgapReply> tell(String name, AgapSession session) {
        Username user = user(name, session);
        return Mono.just(user)
            .filter(asked -> settings.anonymousPresence() || session.user().flatMap(Username::getDomainPart).equals(asked.getDomainPart()))
            .flatMap(presences::find)
            .flatMap(presence -> Mono.justOrEmpty(presence.at(presences.now()).map(statement -> lines(presence, statement))))
            .<AgapReply>flatMapMany(lines -> Flux.just(Data.of(lines), Status.ok("USER found")))
            .switchIfEmpty(Flux.just(Data.of("UNKNOWN"), Status.ok("USER not found")));
    }

    /** Figure 160 leaves out the domain: it is the asker's. */
    private static Username user(String name, AgapSession session) {
        try {
            Username user = Username.of(name);
            return session.user().map(user::withDefaultDomainFromUser).orElse(user);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "INVALID username");
        }
    }

    private static ImmutableList<String> lines(Presence presence, Statement statement) {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.add(statement.state() + " " + TIME.format(statement.since()));
        if (!presence.status().isEmpty()) {
            lines.add("STATUS " + presence.status());
        }
        if (!presence.place().isEmpty()) {
            lines.add("AT " + presence.place());
        }
        return lines.build();
    }
}
