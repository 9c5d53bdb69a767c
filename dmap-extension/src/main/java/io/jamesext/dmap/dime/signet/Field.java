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
package io.jamesext.dmap.dime.signet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** A field of a signet: a number and a value, or (number 251) a name and a value. PROTOCOL.md section 5.3 lists the numbers. */
public final class Field {
    private final int id;
    /** Empty but for number 251. */
    private final byte[] name;
    private final byte[] value;

    private Field(int id, byte[] name, byte[] value) {
        this.id = id;
        this.name = name;
        this.value = value;
    }

    /** A field of this number, which is not 251. */
    public static Field of(int id, byte[] value) {
        return new Field(id, new byte[0], value.clone());
    }

    /** A field of this number with a text, in UTF-8. */
    public static Field text(int id, String value) {
        return of(id, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A field that has a name in the place of a number. The name is at most 255 octets of UTF-8. */
    public static Field named(String name, byte[] value) {
        return new Field(FieldShape.NAMED, name.getBytes(StandardCharsets.UTF_8), value.clone());
    }

    /** Its number, 1 to 255. */
    public int id() {
        return id;
    }

    /** Its name, for number 251. */
    public Optional<String> name() {
        return id == FieldShape.NAMED ? Optional.of(new String(name, StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** Its value. */
    public byte[] value() {
        return value.clone();
    }

    static Field read(ObjectType type, OctetReader reader) {
        int id = reader.number(1);
        FieldShape shape = FieldShape.of(type, id);
        byte[] name = id == FieldShape.NAMED ? reader.take(reader.number(1)) : new byte[0];
        int bytes = shape.lengthBytes() == 0 ? shape.valueBytesWithoutLength() : reader.number(shape.lengthBytes());
        return new Field(id, name, reader.take(bytes));
    }

    /** Octets of the field in a signet. */
    int bytes(ObjectType type) {
        return 1 + (id == FieldShape.NAMED ? 1 + name.length : 0) + FieldShape.of(type, id).lengthBytes() + value.length;
    }

    void write(ObjectType type, OctetWriter writer) {
        FieldShape shape = FieldShape.of(type, id);
        int lengthBytes = shape.lengthBytes();
        boolean fits = lengthBytes == 0 ? value.length == shape.valueBytesWithoutLength() : value.length >>> 8 * lengthBytes == 0;
        if (!fits || name.length > 255) {
            throw new ProtocolException(Failure.TOO_BIG, "the value of field " + id + " has not the length that it may have");
        }
        writer.number(id, 1);
        if (id == FieldShape.NAMED) {
            writer.number(name.length, 1).octets(name);
        }
        writer.number(value.length, lengthBytes).octets(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Field field && id == field.id && Arrays.equals(name, field.name) && Arrays.equals(value, field.value);
    }

    @Override
    public int hashCode() {
        return 31 * id + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "field " + id + " of " + value.length + " octets";
    }
}
