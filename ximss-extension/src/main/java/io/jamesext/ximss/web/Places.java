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
package io.jamesext.ximss.web;

import org.apache.james.core.Username;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Places of this node of which nobody can take all: what users of slow servers can make it keep. Safe from any thread. */
final class Places {
    private final int all;
    private final int ofUser;
    private final Multiset<Username> taken = HashMultiset.create();

    Places(int all, int ofUser) {
        this.all = all;
        this.ofUser = ofUser;
    }

    /** Takes one; fails with {@link Failure#BUSY} when there is none for this user. */
    synchronized Username take(Username user) {
        if (taken.size() >= all || taken.count(user) >= ofUser) {
            throw new ProtocolException(Failure.BUSY, "too many documents are being retrieved, try again later");
        }
        taken.add(user);
        return user;
    }

    synchronized void leave(Username user) {
        taken.remove(user);
    }
}
