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
package io.jamesext.ximss.smime;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import org.apache.james.core.Username;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The hashing of the passwords of private keys, each up to a second and more of a processor: one at a time for a user, and for all users of
 * this node together no more than it has processors for.
 */
public final class KeyHashing {
    /** So many more than processors, for a moment of waiting is better than a refusal. */
    private static final int TO_A_PROCESSOR = 2;

    private final Semaphore free = new Semaphore(TO_A_PROCESSOR * Runtime.getRuntime().availableProcessors());
    private final Set<Username> busy = ConcurrentHashMap.newKeySet();

    /**
     * Does such work. Blocks.
     *
     * @throws ProtocolException of {@link Failure#BUSY}, at once, when there is too much of it
     */
    public <T> T call(Username user, Callable<T> work) throws Exception {
        if (!busy.add(user)) {
            throw tooMuch();
        }
        try {
            if (!free.tryAcquire()) {
                throw tooMuch();
            }
            try {
                return work.call();
            } finally {
                free.release();
            }
        } finally {
            busy.remove(user);
        }
    }

    private static ProtocolException tooMuch() {
        return new ProtocolException(Failure.BUSY, "another key is being worked on, try again later");
    }
}
