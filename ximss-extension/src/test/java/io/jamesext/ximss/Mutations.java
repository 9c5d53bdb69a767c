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
package io.jamesext.ximss;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs that are almost right: given ones with octets turned over, cut, doubled, or pieces of others put in. The same for a seed. */
final class Mutations {
    private static final List<String> DICTIONARY = List.of("<", ">", "/>", "</", "&", "&amp;", "&#0;", "&#x10FFFF;", "&x;", "\"", "'",
        "]]>", "<![CDATA[", "<!--", "-->", "<?x", "?>", "<!DOCTYPE x [<!ENTITY x \"y\">]>", "\0", "\r\n", "\r\n\r\n", "\ufffe", "\u00e9",
        "id=\"\"", "=", "-1", "99999999999999999999", "%", "%00", "..", "//", "?", ":", "Content-Length: 5", "Transfer-Encoding: chunked");

    private final List<byte[]> seeds;
    private final Random random;

    Mutations(long seed, List<String> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** The next one, which differs from a seed in one to eight places. */
    byte[] next() {
        byte[] input = any();
        for (int i = random.nextInt(8); i >= 0; i--) {
            input = changed(input);
        }
        return input;
    }

    /** A number for the test itself, from 1 on. */
    int number(int most) {
        return 1 + random.nextInt(most);
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(16));
        return switch (random.nextInt(6)) {
            case 0 -> replaced(input, from, from, new byte[] {(byte) random.nextInt(256)});
            case 1 -> replaced(input, from, Math.min(input.length, from + 1), new byte[] {(byte) random.nextInt(256)});
            case 2 -> replaced(input, from, to, new byte[0]);
            case 3 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
            case 4 -> replaced(input, from, from, DICTIONARY.get(random.nextInt(DICTIONARY.size())).getBytes(StandardCharsets.UTF_8));
            default -> replaced(input, from, from, piece(any()));
        };
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] piece(byte[] input) {
        int from = random.nextInt(input.length);
        return Arrays.copyOfRange(input, from, from + random.nextInt(input.length - from) + 1);
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.write(input, 0, from);
        octets.writeBytes(by);
        octets.write(input, to, input.length - to);
        return octets.toByteArray();
    }
}
