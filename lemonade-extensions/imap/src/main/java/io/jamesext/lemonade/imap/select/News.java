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

package io.jamesext.lemonade.imap.select;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.jamesext.lemonade.imap.status.UntaggedStatus;

/** Wakes a client that waits for something to happen to its mailbox, and keeps what it is to be told beside the state of that. */
public final class News {
    private static final Runnable NOBODY = () -> { };

    private final Set<UntaggedStatus> notices = new LinkedHashSet<>();
    private volatile Runnable listener = NOBODY;

    /** Told with the next news; the same twice is told once. */
    public void add(UntaggedStatus notice) {
        synchronized (notices) {
            notices.add(notice);
        }
        ring();
    }

    /** What was added and is not told yet. */
    List<UntaggedStatus> take() {
        synchronized (notices) {
            List<UntaggedStatus> taken = List.copyOf(notices);
            notices.clear();
            return taken;
        }
    }

    /** Something has happened. */
    void ring() {
        listener.run();
    }

    /** From now on whoever is given here is woken by news, and nobody else. */
    public void listen(Runnable woken) {
        listener = woken;
    }

    /** Nobody waits any more. */
    public void ignore() {
        listener = NOBODY;
    }
}
