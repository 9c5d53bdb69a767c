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
package io.jamesext.ximss.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.core.Username;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.Multiset;

import io.jamesext.kernel.auth.Client;
import io.jamesext.ximss.session.XimssSession.State;
import io.netty.channel.EventLoop;

/** The sessions of one server that HTTP requests come and go for. */
final class HttpSessions {
    /** Of one user: a browser that is closed without a word leaves one for ten minutes. */
    private static final int MAX_OF_USER = 50;

    private final SessionRuntime runtime;
    private final Map<String, HttpSession> byUrlId = new ConcurrentHashMap<>();
    private final Multiset<Username> users = ConcurrentHashMultiset.create();

    HttpSessions(SessionRuntime runtime) {
        this.runtime = runtime;
    }

    SessionRuntime runtime() {
        return runtime;
    }

    Optional<HttpSession> find(String urlId) {
        return Optional.ofNullable(byUrlId.get(urlId));
    }

    /** A session of nobody yet: it ends with its first POST unless its user has logged in by then. */
    HttpSession open(Client client, EventLoop loop) {
        return new HttpSession(runtime, UUID.randomUUID().toString().substring(0, 8), client, loop, this::closed);
    }

    /** Keeps a session whose user has logged in; false when nobody has, or the user has too many. */
    boolean keep(HttpSession session) {
        if (session.session().state() != State.LOGGED_IN) {
            return false;
        }
        Username user = session.session().user().orElseThrow();
        if (users.add(user, 1) >= MAX_OF_USER) {
            users.remove(user);
            return false;
        }
        byUrlId.put(session.session().urlId(), session);
        return true;
    }

    /** The server stops. */
    void end() {
        List.copyOf(byUrlId.values()).forEach(HttpSession::end);
    }

    private void closed(HttpSession session) {
        if (byUrlId.remove(session.session().urlId()) != null) {
            session.session().user().ifPresent(users::remove);
        }
    }
}
