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
package io.jamesext.dmap.dime;

import java.util.Arrays;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The head of an object: its number and its length. What the body means is the matter of the class that reads the type. */
public final class DimeObject {
    private DimeObject() {
    }

    /** The type of an object, by its first two octets. SYNTAX if it is none of ours. */
    public static ObjectType typeOf(byte[] object) {
        return ObjectType.ofMagic(new OctetReader(object).number(2))
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "not a DIME object: its first two octets are no known number"));
    }

    /**
     * Reads the head and leaves the reader at the body.
     *
     * @param object the whole object
     * @param expected what it has to be
     * @param maxBytes the longest that the object may be, in octets
     * @return a reader for the body alone
     */
    public static OctetReader body(byte[] object, ObjectType expected, int maxBytes) {
        if (object.length > maxBytes) {
            throw new ProtocolException(Failure.TOO_BIG, "the object is longer than " + maxBytes + " octets");
        }
        if (typeOf(object) != expected) {
            throw new ProtocolException(Failure.SYNTAX, "the object is not of number " + expected.magic());
        }
        OctetReader reader = new OctetReader(object);
        reader.number(2);
        if (reader.longNumber(expected.lengthBytes()) != reader.remaining()) {
            throw new ProtocolException(Failure.SYNTAX, "the object is not as long as its header says");
        }
        return reader;
    }

    /** The object of this type and body. TOO_BIG if its length has no room in the header. */
    public static byte[] write(ObjectType type, byte[] body) {
        if (type.lengthBytes() == 3 && body.length > 0xFFFFFF) {
            throw new ProtocolException(Failure.TOO_BIG, "the object is longer than its header can say");
        }
        byte[] header = new OctetWriter().number(type.magic(), 2).number(body.length, type.lengthBytes()).toBytes();
        byte[] object = Arrays.copyOf(header, Math.addExact(header.length, body.length));
        System.arraycopy(body, 0, object, header.length, body.length);
        return object;
    }
}
