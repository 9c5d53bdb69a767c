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
package io.jamesext.ximss.op;

import java.util.Set;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.operation.Operation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A request of XIMSS. It gives data messages only: their id, and the final response, are added for it.
 *
 * @param <Q> the parsed request
 */
public interface XimssOperation<Q> extends Operation<Element, XimssOperation.Identified<Q>, XimssSession, XimssReply> {
    /**
     * A request with its id.
     *
     * @param id what all its answers carry
     * @param request the rest
     */
    record Identified<Q>(String id, Q request) {
    }

    /**
     * Reads attributes and body.
     *
     * @throws io.jamesext.kernel.failure.ProtocolException when something is missing or not possible
     */
    Q read(Element element);

    /** Does the work and gives the data messages, in order. */
    Flux<? extends DataMessage> answer(Q request, XimssSession session);

    /** XIMSS, "Pre-Login Operations": all other operations need a login first. */
    @Override
    default Set<State> allowedIn() {
        return Set.of(State.LOGGED_IN);
    }

    @Override
    default Identified<Q> parse(Element frame) {
        return new Identified<>(frame.required("id"), read(frame));
    }

    @Override
    default Flux<XimssReply> run(Identified<Q> identified, XimssSession session) {
        Flux<? extends DataMessage> messages = session.isPasswordCheckDue()
            ? session.checkPassword().then(Mono.fromCallable(() -> Blocking.survive(() -> answer(identified.request, session))))
                .flatMapMany(answer -> answer)
            : answer(identified.request, session);
        return messages.map(message -> XimssReply.to(identified.id, message));
    }
}
