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
import io.jamesext.ximss.reply.SpellerReport;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.speller.Spellers;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Checks the spelling of a text. XIMSS, "Service Operations", spellerCheck.
 *
 * <pre>{@code <spellerCheck id="" speller="">text</spellerCheck>}</pre>
 */
public final class SpellerCheck implements XimssOperation<SpellerCheck.Request> {
    /** Whom to ask, and what. */
    public record Request(String speller, String text) {
    }

    private final Spellers spellers;

    /** By these. */
    public SpellerCheck(Spellers spellers) {
        this.spellers = spellers;
    }

    @Override
    public String name() {
        return "spellerCheck";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("speller"), element.text());
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return Blocking.call(() -> spellers.check(request.speller, request.text))
            .flatMapIterable(misspellings -> misspellings)
            .map(word -> new SpellerReport(word.position(), word.size(), word.guesses()));
    }
}
