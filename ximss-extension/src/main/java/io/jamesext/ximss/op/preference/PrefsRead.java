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
package io.jamesext.ximss.op.preference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.account.PreferenceValue;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.Prefs;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives preferences: those that are named, or all. It is behind the text's end, and is what clients of CommuniGate send. Those of type
 * custom are what the user has chosen, those of type default what holds for who has chosen nothing; without a type, what holds for the
 * user.
 *
 * <pre>{@code <prefsRead id="" type="custom|default"?> <name>name</name>* </prefsRead>}</pre>
 */
public final class PrefsRead implements XimssOperation<PrefsRead.Request> {
    private static final String CUSTOM = "custom";
    private static final String DEFAULT = "default";

    /**
     * The attribute and the body.
     *
     * @param names empty for all
     */
    public record Request(Optional<String> type, Set<String> names) {
        static Request parse(Element element) {
            Optional<String> type = element.attribute("type");
            if (type.filter(named -> !List.of(CUSTOM, DEFAULT).contains(named)).isPresent()) {
                throw new ProtocolException(Failure.SYNTAX, "the type of preferences is custom or default");
            }
            return new Request(type, element.elements("name").map(name -> name.text().strip()).collect(Collectors.toSet()));
        }
    }

    private final Preferences preferences;

    /** On what users prefer. */
    public PrefsRead(Preferences preferences) {
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "prefsRead";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return Mono.just(request.type.filter(DEFAULT::equals))
            .flatMap(ofAll -> ofAll.isPresent() ? Mono.just(Map.<String, String>of())
                : preferences.chosen(session.mailboxSession().getUser()))
            .map(chosen -> new Prefs(request.type, values(request, chosen)))
            .flux();
    }

    private Map<String, List<Node>> values(Request request, Map<String, String> chosen) {
        Map<String, String> stored = new TreeMap<>(request.type.filter(CUSTOM::equals).isPresent() ? Map.of() : preferences.defaults());
        stored.putAll(chosen);
        Map<String, List<Node>> values = new TreeMap<>();
        stored.forEach((name, value) -> {
            if (request.names.isEmpty() || request.names.contains(name)) {
                values.put(name, PreferenceValue.body(value));
            }
        });
        return values;
    }
}
