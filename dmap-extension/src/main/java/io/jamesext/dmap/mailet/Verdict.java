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
package io.jamesext.dmap.mailet;

import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.RingKey;

/** What is to become of a mail for one of its recipients. PROTOCOL.md section 7.4. */
sealed interface Verdict {
    /** The mail goes on as it is. */
    record Pass() implements Verdict {
    }

    /**
     * The sender gets it back.
     *
     * @param reason a sentence's end, for the sender
     */
    record Refuse(String reason) implements Verdict {
    }

    /** It is encrypted to this key. */
    record Encrypt(Username user, Mode mode, RingKey key, Organisation organisation) implements Verdict {
    }

    /** It is a DIME message already; to this key of the user, if it says so. It gets a header that tells nothing. */
    record Rewrap(Username user, Mode mode, Optional<RingKey> key) implements Verdict {
    }
}
