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
package io.jamesext.dmap.op.selected;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableMap;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Commands with UIDs in the place of message numbers. Draft section 7.6.8, RFC 4315 section 2.1, RFC 6851 section 3.2:
 * {@code "UID" SP (fetch / store / search / copy / move / expunge-of-a-set)}.
 */
public final class Uid implements DmapOperation<Uid.Request<?>> {
    /** The command behind it. */
    public record Request<Q>(ByUid<Q> command, Q request) {
        private static <Q> Request<Q> parse(ByUid<Q> command, DmapReader arguments) {
            return new Request<>(command, command.parse(arguments, true));
        }

        private Publisher<? extends DmapReply> run(DmapSession session) {
            return command.run(request, session);
        }
    }

    private final ImmutableMap<String, ByUid<?>> commands;

    /** For these commands. */
    public Uid(ByUid<?>... commands) {
        this.commands = ImmutableMap.copyOf(Arrays.stream(commands)
            .collect(Collectors.toMap(ByUid::name, Function.identity())));
    }

    @Override
    public String name() {
        return "UID";
    }

    @Override
    public Set<DmapState> allowedIn() {
        return SELECTED;
    }

    @Override
    public Request<?> parse(DmapReader arguments) {
        ByUid<?> command = commands.get(arguments.expectSpace().expectWord("a command"));
        if (command == null) {
            throw new ProtocolException(Failure.UNKNOWN_COMMAND, "unknown command");
        }
        return Request.parse(command, arguments);
    }

    @Override
    public Publisher<? extends DmapReply> run(Request<?> request, DmapSession session) {
        return request.run(session);
    }
}
