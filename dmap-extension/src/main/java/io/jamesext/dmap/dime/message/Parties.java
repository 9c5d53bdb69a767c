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
package io.jamesext.dmap.dime.message;

import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * All who have a part in a message. A message has one recipient; for several there are several messages.
 *
 * @param author the user who wrote it
 * @param origin the author's organisation
 * @param destination the recipient's organisation
 * @param recipient the user whom it is for
 */
public record Parties(Party author, Party origin, Party destination, Party recipient) {
    /** Checks that the signets are those of users and of organisations, each where it belongs. */
    public Parties {
        check(author, ObjectType.USER_SIGNET);
        check(recipient, ObjectType.USER_SIGNET);
        check(origin, ObjectType.ORGANISATION_SIGNET);
        check(destination, ObjectType.ORGANISATION_SIGNET);
    }

    Party of(Actor actor) {
        return switch (actor) {
            case AUTHOR -> author;
            case ORIGIN -> origin;
            case DESTINATION -> destination;
            case RECIPIENT -> recipient;
        };
    }

    Envelope forOrigin() {
        return envelope(author, destination);
    }

    Envelope forDestination() {
        return envelope(recipient, origin);
    }

    private static Envelope envelope(Party user, Party organisation) {
        return new Envelope(user.name(), user.signet().fingerprint(SignetLevel.CRYPTO), organisation.name(),
            organisation.signet().fingerprint(SignetLevel.CRYPTO));
    }

    private static void check(Party party, ObjectType type) {
        if (party.signet().type() != type) {
            throw new ProtocolException(Failure.SYNTAX, "a message needs the signets of two users and of two organisations");
        }
    }
}
