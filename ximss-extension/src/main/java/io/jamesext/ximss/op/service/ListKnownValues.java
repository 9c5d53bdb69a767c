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

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.KnownValues;
import io.jamesext.ximss.rule.RuleVocabulary;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Lists the names of time zones and character sets, and the words of mail rules. XIMSS, "Service Operations", listKnownValues.
 *
 * <pre>{@code <listKnownValues id="" />}</pre>
 */
public final class ListKnownValues implements XimssOperation<ListKnownValues.Request> {
    /** It has no attributes. */
    public record Request() {
    }

    @Override
    public String name() {
        return "listKnownValues";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Set<String> zones = new TreeSet<>(ZoneId.getAvailableZoneIds());
        return Flux.just(new KnownValues(zones, Charset.availableCharsets().keySet(), RuleVocabulary.MODES,
            RuleVocabulary.CONDITIONS, RuleVocabulary.ACTIONS));
    }
}
