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
package io.jamesext.dmap.wire;

/**
 * How much of a command is kept. All are octets, and checked before anything is allocated.
 *
 * @param literal the largest single literal
 * @param command the largest command, its lines and literals together, without a streamed literal
 * @param message the largest message that APPEND takes; its literal is streamed where it is larger than others may be
 */
public record Limits(int literal, int command, int message) {
    /** A piece of line without its literals. Protects the heap from a client that never ends its line. */
    public static final int LINE = 8192;
    /** RFC 7888 section 5, LITERAL-: what a client may send without having asked, so that nothing large has to be read in vain. */
    public static final int UNASKED_LITERAL = 4096;
}
