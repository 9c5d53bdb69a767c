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

import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.account.PreferenceValue;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.folder.MailboxNames;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps preferences: an element for each, of its name, whose body is the value. It is behind the text's end, and is what clients of
 * CommuniGate send. An empty one, or one with the text {@code default}, goes back to the default. All are checked before the first is
 * kept.
 *
 * <pre>{@code <prefsStore id=""> <name>value</name>* </prefsStore>}</pre>
 */
public final class PrefsStore implements XimssOperation<PrefsStore.Request> {
    /** They become names of elements again. */
    private static final Pattern NAME = Pattern.compile("(?![Xx][Mm][Ll])[A-Za-z_][A-Za-z0-9_.-]{0,63}");
    /** With {@link #MAX_PREFERENCES}, all that one user can keep here is 1.6 million characters. */
    private static final int MAX_VALUE = 8192;
    private static final int MAX_PREFERENCES = 200;
    private static final int MAX_LANGUAGE = 64;
    private static final String TO_DEFAULT = "default";
    private static final Set<String> DELETE_MODES = Set.of(Preferences.MOVE_TO_TRASH, Preferences.IMMEDIATELY, Preferences.MARK);
    /** Of those that the server looks at itself. */
    private static final Set<String> TEXTS = Set.of(Preferences.DELETE_MODE, Preferences.TRASH_BOX, Preferences.TIME_ZONE,
        Preferences.LANGUAGE);

    /**
     * The body.
     *
     * @param values what is stored, by name; an empty text for the default
     */
    public record Request(Map<String, String> values) {
        static Request parse(Element element) {
            Map<String, String> values = new LinkedHashMap<>();
            element.elements().forEach(preference -> {
                if (!NAME.matcher(preference.name()).matches() || !preference.attributes().isEmpty()) {
                    throw new ProtocolException(Failure.SYNTAX, "not a possible preference");
                }
                String value = PreferenceValue.stored(preference);
                if (value.length() > MAX_VALUE) {
                    throw new ProtocolException(Failure.TOO_BIG, "a preference has at most " + MAX_VALUE + " characters");
                }
                values.put(preference.name(), value.equals(TO_DEFAULT) ? "" : value);
            });
            return new Request(values);
        }
    }

    private final Preferences preferences;

    /** On what users prefer. */
    public PrefsStore(Preferences preferences) {
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "prefsStore";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        Username user = mailboxSession.getUser();
        request.values.forEach((name, value) -> check(name, value, mailboxSession));
        return preferences.chosen(user)
            .doOnNext(chosen -> checkNumber(chosen.keySet(), request))
            .thenMany(Flux.fromIterable(request.values.entrySet()))
            .concatMap(entry -> entry.getValue().isEmpty() ? preferences.forget(user, entry.getKey())
                : preferences.choose(user, entry.getKey(), entry.getValue()))
            .thenMany(Mono.empty());
    }

    private static void checkNumber(Set<String> chosen, Request request) {
        Set<String> names = new HashSet<>(chosen);
        request.values.forEach((name, value) -> {
            if (value.isEmpty()) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        if (names.size() > MAX_PREFERENCES) {
            throw new ProtocolException(Failure.TOO_BIG, "more than " + MAX_PREFERENCES + " preferences");
        }
    }

    /** The user's own, and not where all new mail is: emptyTrash deletes what is in it. */
    private static boolean isTrash(MailboxPath path, MailboxSession session) {
        return path.belongsTo(session) && !MailboxNames.isInbox(path);
    }

    /** What the server looks at itself it must be able to use. */
    private static void check(String name, String value, MailboxSession session) {
        if (value.isEmpty() || !TEXTS.contains(name)) {
            return;
        }
        boolean possible = PreferenceValue.isText(value) && switch (name) {
            case Preferences.DELETE_MODE -> DELETE_MODES.contains(value);
            case Preferences.TIME_ZONE -> ZoneId.getAvailableZoneIds().contains(value);
            case Preferences.LANGUAGE -> value.length() <= MAX_LANGUAGE;
            default -> isTrash(MailboxNames.path(value, session), session);
        };
        if (!possible) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible value of " + name);
        }
    }
}
