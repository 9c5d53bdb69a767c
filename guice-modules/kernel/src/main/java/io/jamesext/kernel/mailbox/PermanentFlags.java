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

package io.jamesext.kernel.mailbox;

import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;

/**
 * The flags that a user may change. RFC 4314 section 4.
 *
 * @param seen right "s"
 * @param deleted right "t"
 * @param others right "w": all other flags, and keywords
 */
public record PermanentFlags(boolean seen, boolean deleted, boolean others) {
    /** RFC 3501 section 6.3.2: of what EXAMINE opens nothing changes. */
    public static final PermanentFlags NONE = new PermanentFlags(false, false, false);

    /** Those that the rights allow. */
    public static PermanentFlags of(Rfc4314Rights rights) {
        return new PermanentFlags(rights.contains(Right.WriteSeenFlag), rights.contains(Right.DeleteMessages),
            rights.contains(Right.Write));
    }

    /** All but these. */
    public PermanentFlags complement() {
        return new PermanentFlags(!seen, !deleted, !others);
    }

    /** True when there is none. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Of these flags, those that may be changed. */
    public Flags of(Flags flags) {
        Flags changeable = new Flags();
        for (Flags.Flag flag : flags.getSystemFlags()) {
            if (flag != Flags.Flag.RECENT && (flag == Flags.Flag.SEEN ? seen : flag == Flags.Flag.DELETED ? deleted : others)) {
                changeable.add(flag);
            }
        }
        if (others) {
            Stream.of(flags.getUserFlags()).forEach(changeable::add);
        }
        return changeable;
    }
}
