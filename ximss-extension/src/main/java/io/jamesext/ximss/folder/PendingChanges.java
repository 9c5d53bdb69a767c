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
package io.jamesext.ximss.folder;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The UIDs that something happened to since the last sync, and whether the client was told that there are some. Events only say
 * where to look, so it does no harm when they come twice, late, or in another order. Safe from any thread.
 */
final class PendingChanges {
    /** Beyond this a client that never syncs costs nothing more: its next sync looks at everything. */
    private static final int MAX_UIDS = 10_000;

    private final Set<Long> touched = new HashSet<>();
    private boolean everything;
    /** True at first: a client that has not yet heard of the folder could do nothing with a notify, and would get no other. */
    private boolean told = true;

    /**
     * The client has been told of the folder.
     *
     * @return true when something happened meanwhile, so that the client has to be told
     */
    synchronized boolean opened() {
        told = everything || !touched.isEmpty();
        return told;
    }

    /**
     * Something happened.
     *
     * @return true when the client has to be told; XIMSS, "Mailbox Operations", folderSync: once is enough until it syncs
     */
    synchronized boolean touch(Collection<Long> uids) {
        if (!everything) {
            touched.addAll(uids);
        }
        if (touched.size() > MAX_UIDS) {
            touchEverything();
        }
        boolean first = !told;
        told = true;
        return first;
    }

    /** Looks at everything at the next sync, as after a failed one. */
    synchronized void touchEverything() {
        everything = true;
        touched.clear();
    }

    /**
     * The client syncs: gives what to look at, empty for everything, and begins anew.
     *
     * @param limit so many UIDs at most, the lowest first; the others wait for the next sync
     */
    synchronized Optional<Set<Long>> drain(long limit) {
        Optional<Set<Long>> drained = everything ? Optional.empty()
            : Optional.of(touched.stream().sorted().limit(limit).collect(Collectors.toUnmodifiableSet()));
        drained.ifPresentOrElse(touched::removeAll, touched::clear);
        everything = false;
        told = false;
        return drained;
    }
}
