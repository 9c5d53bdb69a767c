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
package io.jamesext.converter;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * One conversion that is to be done.
 *
 * @param from the type of the content, in lower case and without parameters
 * @param to the type that is wanted, likewise
 * @param charset that of HTML where its part names one, else empty
 */
public record Task(Kind kind, String from, String to, String charset, Picture picture, byte[] content) {
    /** Who does it. */
    public enum Kind {
        /** A picture of another type, size or depth. */
        PICTURE,
        /** HTML to plain text in UTF-8. */
        HTML,
        /** A document to plain text in UTF-8. */
        DOCUMENT,
        /** A document or HTML to as many of its words, in UTF-8, as may be made and as can be had; for an index. */
        WORDS
    }

    /** What a picture is to become: pixels and bits per pixel (1, 8 or 24), 0 where that is left open. */
    public record Picture(int width, int height, int depth) {
        /** All is left open. */
        public static final Picture ANY = new Picture(0, 0, 0);
    }

    /** What a conversion may make. */
    record Bounds(int maxOutputBytes, int maxPixels) {
    }

    void writeTo(DataOutputStream out, Bounds bounds) throws IOException {
        out.writeByte(kind.ordinal());
        out.writeUTF(from);
        out.writeUTF(to);
        out.writeUTF(charset);
        out.writeInt(picture.width);
        out.writeInt(picture.height);
        out.writeInt(picture.depth);
        out.writeInt(bounds.maxOutputBytes);
        out.writeInt(bounds.maxPixels);
        out.writeInt(content.length);
        out.write(content);
        out.flush();
    }

    /** A task with its bounds, as the process reads them. */
    record Bounded(Task task, Bounds bounds) {
        /** Reads what stands behind the kind. */
        static Bounded read(int kind, DataInputStream in) throws IOException {
            String from = in.readUTF();
            String to = in.readUTF();
            String charset = in.readUTF();
            Picture picture = new Picture(in.readInt(), in.readInt(), in.readInt());
            Bounds bounds = new Bounds(in.readInt(), in.readInt());
            byte[] content = new byte[in.readInt()];
            in.readFully(content);
            return new Bounded(new Task(Kind.values()[kind], from, to, charset, picture, content), bounds);
        }
    }
}
