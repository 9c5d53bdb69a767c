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
package io.jamesext.ximss.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;

import io.jamesext.kernel.auth.PasswordStamp;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.upload.UploadFolder;
import reactor.core.publisher.Mono;

/**
 * The sessions of this node by their urlID: "This ID string can be used to access session data via HTTP" (XIMSS, "Login Operations"),
 * whatever the session itself is spoken over.
 */
public final class XimssSessions {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Whoever has the urlID has the session: it cannot be guessed. */
    private static final int URL_ID_BYTES = 24;

    private final Map<String, XimssSession> byUrlId = new ConcurrentHashMap<>();
    private final UploadFolder uploadFolder;
    private final UsersRepository users;
    private final Duration betweenPasswordChecks;

    /**
     * With James's users.
     *
     * @param betweenPasswordChecks how often a session asks whether the password that it was opened with is still the user's
     */
    public XimssSessions(UploadFolder uploadFolder, UsersRepository users, Duration betweenPasswordChecks) {
        this.uploadFolder = uploadFolder;
        this.users = users;
        this.betweenPasswordChecks = betweenPasswordChecks;
    }

    UploadFolder uploadFolder() {
        return uploadFolder;
    }

    /** The session of a urlID, while its user is logged in. */
    public Optional<XimssSession> find(String urlId) {
        return Optional.ofNullable(byUrlId.get(urlId));
    }

    static String newUrlId() {
        byte[] bytes = new byte[URL_ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Names a user's password; empty where James keeps none of theirs. */
    Mono<Optional<String>> stamp(Username user) {
        return Blocking.call(() -> PasswordStamp.of(users, user));
    }

    Duration betweenPasswordChecks() {
        return betweenPasswordChecks;
    }

    /** Ends the others that are a user's: whoever has opened them, and those of other accounts that the user has opened. */
    void endOthers(XimssSession session, Username user) {
        byUrlId.values().stream().filter(other -> other != session && other.isOf(user)).toList().forEach(XimssSession::end);
    }

    void opened(XimssSession session) {
        byUrlId.put(session.urlId(), session);
    }

    void closed(XimssSession session) {
        byUrlId.remove(session.urlId());
    }
}
