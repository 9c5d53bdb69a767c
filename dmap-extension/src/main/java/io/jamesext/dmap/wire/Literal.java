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
 * The octets of a literal. Draft section 5.3; binary ones ({@code ~{n}}) are section 5.3.1 as the profile completes it.
 */
public final class Literal {
    private final byte[] octets;
    private final long size;
    private final boolean binary;

    private Literal(byte[] octets, long size, boolean binary) {
        this.octets = octets;
        this.size = size;
        this.binary = binary;
    }

    Literal(byte[] octets, boolean binary) {
        this(octets, octets.length, binary);
    }

    /** One whose octets come behind its command, in {@link Frame.Part}s. */
    static Literal streamed(long size, boolean binary) {
        return new Literal(new byte[0], size, binary);
    }

    /** How many octets it has. */
    public long size() {
        return size;
    }

    /** True when the octets are not here yet. */
    public boolean isStreamed() {
        return octets.length < size;
    }

    /** The octets themselves, not a copy: nobody changes them. */
    public byte[] octets() {
        return octets;
    }

    /** True when it may hold any octet; false when NUL is forbidden (draft section 10). */
    public boolean isBinary() {
        return binary;
    }
}
