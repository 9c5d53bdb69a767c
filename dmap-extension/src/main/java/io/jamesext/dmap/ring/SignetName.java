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
package io.jamesext.dmap.ring;

import java.util.Locale;
import java.util.Optional;

import org.apache.james.core.Username;

import com.google.common.base.CharMatcher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * What a signet goes by in a ring: the address of a user, a domain for its organisation, or a token of the client's making where the
 * server is not to know. Addresses and domains are kept in small letters, as James keeps its users; a token is what has neither "@" nor
 * a dot, and is kept as it is. PROTOCOL.md section 6.
 */
public final class SignetName implements Comparable<SignetName> {
    /** James's names are no longer. */
    private static final int MAX_LENGTH = 255;

    private final String name;

    private SignetName(String name) {
        this.name = name;
    }

    /** SYNTAX if it is empty, too long or has control characters, or if it is no possible address. */
    public static SignetName of(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || CharMatcher.javaIsoControl().matchesAnyOf(text)) {
            throw new ProtocolException(Failure.SYNTAX,
                "expected an address, a domain or a token of at most " + MAX_LENGTH + " characters");
        }
        SignetName name = new SignetName(text.indexOf('@') < 0 && text.indexOf('.') < 0 ? text : text.toLowerCase(Locale.ROOT));
        if (name.isAddress() && name.user().isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible address");
        }
        return name;
    }

    /** Whether it is a user's, and not a domain or a token. */
    public boolean isAddress() {
        return name.indexOf('@') >= 0;
    }

    /** Whether it is a domain, and not a user's or a token. */
    public boolean isDomain() {
        return !isAddress() && name.indexOf('.') >= 0;
    }

    /** The user of the address; empty for another name. */
    public Optional<Username> user() {
        try {
            return isAddress() ? Optional.of(Username.of(name)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The domain of an address; another name is its own. */
    public SignetName domain() {
        return new SignetName(name.substring(name.indexOf('@') + 1));
    }

    /** Whether a signet that bears this text for its owner's address or domain is of this name. A token can be anybody's. */
    public boolean isOf(String identifier) {
        return !isAddress() && !isDomain() || name.equalsIgnoreCase(identifier);
    }

    @Override
    public int compareTo(SignetName other) {
        return name.compareTo(other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignetName known && name.equals(known.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Its text. */
    @Override
    public String toString() {
        return name;
    }
}
