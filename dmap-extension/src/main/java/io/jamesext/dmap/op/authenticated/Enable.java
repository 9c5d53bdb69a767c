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
package io.jamesext.dmap.op.authenticated;

import java.util.Optional;
import java.util.Set;

import org.reactivestreams.Publisher;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Enabled;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.session.Extension;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Mono;

/**
 * Turns extensions on for the rest of the connection. RFC 5161: {@code "ENABLE" 1*(SP capability)}. Only while no mailbox is selected, so
 * that a mailbox is told of in one way from its selection to its end.
 */
public final class Enable implements DmapOperation<Enable.Request> {
    /** Those that the server knows; RFC 5161 section 3.1: it passes over the others. */
    public record Request(ImmutableSet<Extension> extensions) {
        static Request parse(DmapReader arguments) {
            ImmutableList.Builder<Optional<Extension>> extensions = ImmutableList.builder();
            arguments.expectSpace();
            do {
                extensions.add(Enums.getIfPresent(Extension.class, arguments.expectWord("an extension")).toJavaUtil());
            } while (arguments.accept(' '));
            return new Request(extensions.build().stream().flatMap(Optional::stream).collect(ImmutableSet.toImmutableSet()));
        }
    }

    @Override
    public String name() {
        return "ENABLE";
    }

    @Override
    public Set<DmapState> allowedIn() {
        return Sets.immutableEnumSet(DmapState.AUTHENTICATED);
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return Mono.fromCallable(() -> {
            request.extensions().forEach(session::enable);
            return new Enabled(request.extensions().stream().map(Extension::name).toList());
        });
    }
}
