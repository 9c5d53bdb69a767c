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

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

import io.jamesext.groupware.UserSettings;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.prelogin.Domains;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.skin.Vocabularies;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the vocabulary of a skin. XIMSS, "Pre-Login Operations" and "Service Operations", readStrings.
 *
 * <pre>{@code <readStrings id="" skinName=""? language=""? timeModified=""? />}</pre>
 */
public final class ReadStrings implements XimssOperation<ReadStrings.Request> {
    /** The preference that names the user's language. */
    private static final String LANGUAGE = "Language";

    /**
     * The attributes.
     *
     * @param skin empty for the unnamed one
     */
    public record Request(String skin, Optional<String> language, Optional<Instant> timeModified) {
    }

    private final Domains domains;
    private final Vocabularies vocabularies;
    private final UserSettings settings;

    /** Of these vocabularies. */
    public ReadStrings(Domains domains, Vocabularies vocabularies, UserSettings settings) {
        this.domains = domains;
        this.vocabularies = vocabularies;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "readStrings";
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of(State.PRE_LOGIN, State.LOGGED_IN);
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("skinName").orElse(""), element.attribute("language"),
            element.attribute("timeModified").map(time -> Times.parse(time, ZoneOffset.UTC)));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Mono<Optional<String>> language = Mono.justOrEmpty(request.language)
            .switchIfEmpty(Mono.justOrEmpty(session.user())
                .flatMap(user -> settings.find(user, UserSettings.Kind.PREFERENCE, LANGUAGE)))
            .map(Optional::of)
            .defaultIfEmpty(Optional.empty());
        return domains.current(session)
            .zipWith(language)
            .flatMap(both -> Blocking.call(() -> vocabularies.read(both.getT1(), request.skin, both.getT2(), request.timeModified)))
            .flux();
    }
}
