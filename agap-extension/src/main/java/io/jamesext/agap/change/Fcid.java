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
package io.jamesext.agap.change;

import java.util.Optional;
import java.util.OptionalLong;

import io.jamesext.agap.wire.Base62;

/**
 * Which state of a folder it was. AGAP section 2.6; three numbers of eight digits, each of which only rises while those before it stay, so
 * that the order of FCIDs is that of time.
 *
 * @param seed which folder: the account's clock when the folder was first seen, no two folders of an account have the same
 * @param modSeq the highest mod-sequence of its mailbox
 * @param lastUid no message with a higher UID was there at that mod-sequence
 */
public record Fcid(long seed, long modSeq, long lastUid) {
    /** How long one is as it is written. */
    public static final int LENGTH = 3 * Base62.DIGITS;

    /** Of the root, which has no items and so only a time. */
    public static Fcid ofRoot(long changed) {
        return new Fcid(changed, 0, 0);
    }

    /** Reads what {@link #toString} has written; empty for anything else. */
    public static Optional<Fcid> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        OptionalLong seed = Base62.decode(text.substring(0, Base62.DIGITS));
        OptionalLong modSeq = Base62.decode(text.substring(Base62.DIGITS, 2 * Base62.DIGITS));
        OptionalLong lastUid = Base62.decode(text.substring(2 * Base62.DIGITS));
        return seed.isPresent() && modSeq.isPresent() && lastUid.isPresent()
            ? Optional.of(new Fcid(seed.getAsLong(), modSeq.getAsLong(), lastUid.getAsLong()))
            : Optional.empty();
    }

    /** True when the folder was in that state before it was in this one, or is still. */
    public boolean isNotBefore(Fcid earlier) {
        return seed == earlier.seed && modSeq >= earlier.modSeq && lastUid >= earlier.lastUid;
    }

    @Override
    public String toString() {
        return Base62.encode(seed) + Base62.encode(modSeq) + Base62.encode(lastUid);
    }
}
