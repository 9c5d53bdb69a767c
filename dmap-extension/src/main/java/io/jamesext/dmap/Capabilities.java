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
package io.jamesext.dmap;

import java.util.List;
import java.util.Set;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.auth.Mechanisms;
import io.jamesext.dmap.op.selected.SubmitOptions;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.Modes;
import io.jamesext.dmap.session.DmapSession;

/** What the server says it can do. Draft section 8.2.1. */
public final class Capabilities {
    /** RFC 5161, 7162, 4731, PROTOCOL.md sections 4, 6, 8.4; RFC 5258, 6154, 5819, 8438, 4315, 6851, 3691, 9208, 8474 and 2177. */
    private static final ImmutableList<String> EXTENSIONS = ImmutableList.of("ENABLE", "CONDSTORE", "QRESYNC", "ESEARCH", "UIDONLY",
        "XRESYNC", "META", "BINARYSTRUCT", "LIST-EXTENDED", "SPECIAL-USE", "CREATE-SPECIAL-USE", "LIST-STATUS", "STATUS=SIZE", "UIDPLUS",
        "MOVE", "UNSELECT", "QUOTA", "QUOTA=RES-STORAGE", "QUOTA=RES-MESSAGE", "OBJECTID", "IDLE", "KEYRING", "SIGNETRING");

    /** In PARANOID mode the server is not told what mailboxes are for. PROTOCOL.md section 7.3. */
    private static final Set<String> NOT_IN_PARANOID = ImmutableSet.of("SPECIAL-USE", "CREATE-SPECIAL-USE");

    private final Mechanisms mechanisms;
    private final Modes modes;
    private final boolean canHold;

    /** For the mechanisms of one configured server, the accounts' modes, and a queue that can hold mail back or not. */
    public Capabilities(Mechanisms mechanisms, Modes modes, boolean canHold) {
        this.mechanisms = mechanisms;
        this.modes = modes;
        this.canHold = canHold;
    }

    /**
     * The capability listing for this connection: the mode, which is the account's from log-in on and the default before, the mechanisms
     * that work, the literals of RFC 7888, and the extensions.
     */
    public List<String> of(DmapSession session) {
        Mode mode = session.user().isPresent() ? session.mode() : modes.byDefault();
        return ImmutableList.<String>builder()
            .add("DMAP=" + mode)
            .addAll(mechanisms.offered(session.client()).stream().map(mechanism -> "AUTH=" + mechanism).toList())
            .add("LITERAL-")
            .addAll(EXTENSIONS.stream().filter(extension -> mode != Mode.PARANOID || !NOT_IN_PARANOID.contains(extension)).toList())
            .addAll(SubmitOptions.capabilities(canHold))
            .build();
    }
}
