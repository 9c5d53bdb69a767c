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

package io.jamesext.lemonade.imap;

import java.util.stream.LongStream;

/** What this process holds on to. */
public final class Heap {
    private static final int SAMPLES = 5;

    private Heap() {
    }

    /** Octets that stay used, whatever other threads have just made and thrown away. */
    public static long used() {
        return LongStream.generate(Heap::sample).limit(SAMPLES).min().orElseThrow();
    }

    private static long sample() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
