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

package io.jamesext.kernel.flags;

import java.util.Optional;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;

import io.jamesext.kernel.mailbox.PermanentFlags;

/** Makes new flags of old ones as STORE says, where the user may and the old ones are as they are expected to be. */
public final class FlagChange extends FlagsUpdateCalculator {
    private final FlagsUpdateMode mode;
    private final Flags named;
    private final PermanentFlags permitted;
    private final Optional<Flags> expected;

    /**
     * What STORE names: FLAGS, +FLAGS or -FLAGS.
     *
     * @param named the flags of the command
     * @param permitted those that the user may change; the others stay, RFC 4314 section 4
     */
    public FlagChange(FlagsUpdateMode mode, Flags named, PermanentFlags permitted) {
        this(mode, named, permitted, Optional.empty());
    }

    private FlagChange(FlagsUpdateMode mode, Flags named, PermanentFlags permitted, Optional<Flags> expected) {
        super(named, mode);
        this.mode = mode;
        this.named = named;
        this.permitted = permitted;
        this.expected = expected;
    }

    /** RFC 4314 section 4: STORE fails when the user may change none of the flags, and only then. */
    public boolean isAllowed() {
        return !permitted.isEmpty() && (named.equals(new Flags()) || !permitted.of(named).equals(new Flags()));
    }

    /** Leaves these flags as they are and takes all others away. */
    static FlagChange keeping(PermanentFlags kept) {
        return new FlagChange(FlagsUpdateMode.REPLACE, new Flags(), kept.complement());
    }

    /** The same change, only where {@link #concerned} flags are these. */
    FlagChange expecting(Flags flags) {
        return new FlagChange(mode, named, permitted, Optional.of(flags));
    }

    /** Of a message's flags, those that the command is about: what changes beside them does not make it fail. RFC 7162 section 3.1.12. */
    Flags concerned(Flags flags) {
        Flags concerned = new Flags(flags);
        concerned.remove(Flags.Flag.RECENT);
        if (mode != FlagsUpdateMode.REPLACE) {
            Stream.of(flags.getSystemFlags()).filter(flag -> !named.contains(flag)).forEach(concerned::remove);
            Stream.of(flags.getUserFlags()).filter(flag -> !named.contains(flag)).forEach(concerned::remove);
        }
        return concerned;
    }

    /** False when a message with these flags is left as it is. */
    boolean appliesTo(Flags old) {
        return expected.isEmpty() || expected.get().equals(concerned(old));
    }

    /** RFC 7162 section 3.1.3: UNCHANGEDSINCE 0 fails where a named flag exists, as system flags and the list of all flags always do. */
    boolean existsIn(Flags flags) {
        return mode == FlagsUpdateMode.REPLACE || named.getSystemFlags().length > 0
            || Stream.of(named.getUserFlags()).anyMatch(flags::contains);
    }

    @Override
    public Flags buildNewFlags(Flags old) {
        Flags changed = new Flags(old);
        if (appliesTo(old)) {
            if (mode == FlagsUpdateMode.REPLACE) {
                changed.remove(permitted.of(old));
            }
            if (mode == FlagsUpdateMode.REMOVE) {
                changed.remove(permitted.of(named));
            } else {
                changed.add(permitted.of(named));
            }
        }
        return changed;
    }
}
