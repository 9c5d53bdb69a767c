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

package io.jamesext.urlauth;

import java.util.Locale;
import java.util.Optional;

import org.apache.james.core.Username;

/**
 * Who may use an authorised URL. RFC 4467 section 3, RFC 5593 section 3: {@code "submit+" user / "user+" user / "authuser" / "anonymous" /
 * "stream"}, without case.
 *
 * @param user whom the identifier names, where it names one
 */
record Access(Kind kind, Optional<Username> user) {
    enum Kind {
        SUBMIT(true), USER(true), AUTHUSER(false), ANONYMOUS(false), STREAM(false);

        private final boolean namesUser;

        Kind(boolean namesUser) {
            this.namesUser = namesUser;
        }
    }

    /**
     * Reads a decoded access identifier, whole: "submitter+joe" is not "submit+joe", and "user" without a name is nothing.
     *
     * @throws BadUrlException when it is none that is known here
     */
    static Access parse(String identifier) {
        int plus = identifier.indexOf('+');
        String application = (plus < 0 ? identifier : identifier.substring(0, plus)).toLowerCase(Locale.ROOT);
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(application) && kind.namesUser == plus >= 0) {
                return new Access(kind, plus < 0 ? Optional.empty() : Optional.of(userId(identifier.substring(plus + 1))));
            }
        }
        throw new BadUrlException("no such access identifier");
    }

    /** A user name, whether there is such a user or not. */
    static Username userId(String name) {
        try {
            return Username.of(name);
        } catch (IllegalArgumentException e) {
            throw new BadUrlException("no user name");
        }
    }

    /**
     * Whether the submission server may use the URL for a user who has logged in there. RFC 4468 section 3.3 for {@code submit+}; the
     * server's own log-in is neither that of a {@code user+} nor a {@code stream}.
     */
    boolean admitsSubmission(Username submitter) {
        return switch (kind) {
            case SUBMIT -> user.filter(submitter::equals).isPresent();
            case AUTHUSER, ANONYMOUS -> true;
            case USER, STREAM -> false;
        };
    }

    /** Whether a session of that user may use the URL. */
    boolean admits(Username session, UrlServer server) {
        return switch (kind) {
            // RFC 4467 section 3: whom the message is submitted for is for the submission entity to check, and not for us.
            case SUBMIT -> server.isSubmissionEntity(session);
            case STREAM -> server.isStreamingEntity(session);
            case USER -> user.filter(session::equals).isPresent();
            // There are no anonymous sessions here: James has no SASL ANONYMOUS.
            case AUTHUSER, ANONYMOUS -> true;
        };
    }
}
