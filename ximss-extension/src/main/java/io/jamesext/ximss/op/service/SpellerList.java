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
package io.jamesext.ximss.op.service;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.Speller;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.speller.Spellers;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Lists the spell checkers. XIMSS, "Service Operations", spellerList.
 *
 * <pre>{@code <spellerList id="" />}</pre>
 */
public final class SpellerList implements XimssOperation<SpellerList.Request> {
    /** It has no attributes. */
    public record Request() {
    }

    private final Spellers spellers;

    /** Of these. */
    public SpellerList(Spellers spellers) {
        this.spellers = spellers;
    }

    @Override
    public String name() {
        return "spellerList";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return Blocking.call(spellers::names).flatMapIterable(names -> names).map(Speller::new);
    }
}
