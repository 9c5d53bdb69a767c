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

import java.awt.geom.AffineTransform;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a camera held a picture: tag 274 of the Exif data of a JPEG file (Exif 2.32, sections 4.5 and 4.6.4). What is made of the picture has
 * no such data any more, so that it is turned as viewers would turn it.
 *
 * @param number 1 for a picture that stands as it is stored, up to 8
 */
record Orientation(int number) {
    private static final Orientation UPRIGHT = new Orientation(1);
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int START_OF_IMAGE = 0xffd8;
    private static final int APP1 = 0xffe1;
    private static final int START_OF_SCAN = 0xffda;
    private static final int TAG = 274;
    private static final int ENTRY_BYTES = 12;

    /** That of a file; upright where nothing says otherwise. */
    static Orientation of(byte[] file) {
        try {
            ByteBuffer in = ByteBuffer.wrap(file);
            if ((in.getShort() & 0xffff) != START_OF_IMAGE) {
                return UPRIGHT;
            }
            for (int marker = in.getShort() & 0xffff; marker >= 0xff00 && marker != START_OF_SCAN; marker = in.getShort() & 0xffff) {
                int start = in.position();
                int length = in.getShort() & 0xffff;
                byte[] name = new byte[EXIF.length];
                if (marker == APP1 && length > 2 + EXIF.length && Arrays.equals(EXIF, 0, EXIF.length, read(in, name), 0, EXIF.length)) {
                    return ofTiff(in.slice());
                }
                in.position(start + length);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // Broken: the picture itself may be good.
            return UPRIGHT;
        }
        return UPRIGHT;
    }

    private static byte[] read(ByteBuffer in, byte[] to) {
        in.get(to);
        return to;
    }

    private static Orientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if ((tiff.getShort(entry) & 0xffff) == TAG) {
                int number = tiff.getShort(entry + 8) & 0xffff;
                return number >= 1 && number <= 8 ? new Orientation(number) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Whether what is stored as width is height. */
    boolean swaps() {
        return number >= 5;
    }

    /** Turns a picture of that stored size so that it stands upright, at the origin. */
    AffineTransform transform(int width, int height) {
        return switch (number) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
