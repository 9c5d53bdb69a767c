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

package io.jamesext.urlauth;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds NULs 32 octets at a time: all content that is read or written is searched for them, and next to none has any. */
public final class NulSearch {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private NulSearch() {
    }

    /** The place of the first NUL from one place to before another, or the latter. */
    public static int next(byte[] octets, int from, int to) {
        int at = from;
        while (at + 4 * Long.BYTES <= to && !haveNul(octets, at)) {
            at += 4 * Long.BYTES;
        }
        while (at < to && octets[at] != 0) {
            at++;
        }
        return at;
    }

    private static boolean haveNul(byte[] octets, int at) {
        long marks = marks(octets, at) | marks(octets, at + Long.BYTES) | marks(octets, at + 2 * Long.BYTES)
            | marks(octets, at + 3 * Long.BYTES);
        return (marks & HIGH_BITS) != 0;
    }

    /** High bits where eight octets have NULs: only an octet of zero borrows when one is taken off, and had no high bit before. */
    private static long marks(byte[] octets, int at) {
        long eight = (long) EIGHT.get(octets, at);
        return eight - ONES & ~eight;
    }
}
