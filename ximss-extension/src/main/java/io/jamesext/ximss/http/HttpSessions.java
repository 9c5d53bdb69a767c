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

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.jamesext.kernel.auth.Client;
import io.jamesext.ximss.session.XimssSession.State;
import io.netty.channel.EventLoop;

/** The sessions of one server that HTTP requests come and go for. */
final class HttpSessions {
    /** Of one user: a browser that is closed without a word leaves one for ten minutes. */
    private static final int MAX_OF_USER = 50;

    private final SessionRuntime runtime;
    private final Map<String, HttpSession> byUrlId = new ConcurrentHashMap<>();
    private volatile boolean stopped;

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

    /** Keeps a session if its user has logged in, and ends it otherwise. Of too many, the one that was not used for longest ends. */
    synchronized void keep(HttpSession session) {
        if (stopped || session.session().state() != State.LOGGED_IN) {
            session.end();
            return;
        }
        List<HttpSession> others = byUrlId.values().stream()
            .filter(other -> other.isOpen() && other.session().user().equals(session.session().user()))
            .toList();
        if (others.size() >= MAX_OF_USER) {
            Collections.min(others, Comparator.comparingLong(HttpSession::lastUsed)).end();
        }
        byUrlId.put(session.session().urlId(), session);
    }

    /** Whether none are opened any more. */
    boolean isStopped() {
        return stopped;
    }

    /** The server stops. */
    synchronized void end() {
        stopped = true;
        List.copyOf(byUrlId.values()).forEach(HttpSession::end);
    }

    private void closed(HttpSession session) {
        byUrlId.remove(session.session().urlId());
    }
}
