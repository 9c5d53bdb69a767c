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

package io.jamesext.lemonade.imap.append;

/** A change of a message's octets from one offset up to another. */
sealed interface Edit {
    /** Where the octets begin that are changed. */
    long start();

    /** Behind the last octet that is changed. */
    long end();

    /** How many octets come out. */
    long sizeBytes();

    /** Other octets stand there. */
    record Replace(long start, long end, byte[] octets) implements Edit {
        @Override
        public long sizeBytes() {
            return octets.length;
        }
    }

    /** The same octets stand there in base64. */
    record Encode(long start, long end) implements Edit {
        @Override
        public long sizeBytes() {
            return Base64Lines.length(end - start);
        }
    }
}
