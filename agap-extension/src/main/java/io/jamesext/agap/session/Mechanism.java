package io.jamesext.agap.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The authentication mechanisms of AGAP section 4.6. */
public enum Mechanism {
    /** Clear password; the only one that this server accepts so far. */
    PLAIN,
    /** Clear password, then the presence state. */
    PRESENCE,
    /** Hash, then the presence state. */
    PRESENCE_MD5,
    /** Hash, then the presence state. */
    PRESENCE_SHA1,
    /** Hash of a prefix and the password. */
    MD5,
    /** Hash of a prefix and the password. */
    SHA1,
    /** Clear password, then the storing state. */
    STORING,
    /** Hash, then the storing state. */
    STORING_MD5,
    /** Hash, then the storing state. */
    STORING_SHA1;

    /** The mechanism of a name as the client wrote it: section 4.6, case-insensitive. */
    public static Optional<Mechanism> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(mechanism -> mechanism.mechanismName().equals(upper)).findFirst();
    }

    /** As in {@code AUTH-} capabilities. */
    public String mechanismName() {
        return name().replace('_', '-');
    }
}
