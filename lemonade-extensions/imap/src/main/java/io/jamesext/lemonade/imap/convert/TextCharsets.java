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
package io.jamesext.lemonade.imap.convert;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Text in octets of one charset and of another. RFC 5259 section 7.1. */
final class TextCharsets {
    /** RFC 1556 section 2: the direction of the letters is the reader's affair; the octets are the same. */
    private static final Map<String, String> SAME = Map.of("iso-8859-8-i", "iso-8859-8", "iso-8859-8-e", "iso-8859-8",
        "iso-8859-6-i", "iso-8859-6", "iso-8859-6-e", "iso-8859-6");
    private static final Charset WESTERN = Charset.forName("windows-1252");

    /** A character that the target has not, and nothing to put in its place, or more octets than may be. */
    static final class UnencodableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean tooLarge;

        UnencodableException(boolean tooLarge) {
            super(tooLarge ? "too many octets" : "a character that the charset has not");
            this.tooLarge = tooLarge;
        }

        boolean tooLarge() {
            return tooLarge;
        }
    }

    private TextCharsets() {
    }

    /** The charset of a name, of which there may be none here, or none that can be written. */
    static Optional<Charset> find(String name) {
        try {
            String known = SAME.getOrDefault(name.toLowerCase(Locale.ROOT), name);
            return Optional.of(Charset.forName(known)).filter(Charset::canEncode);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /**
     * The characters of octets; those that are none become U+FFFD. Text that claims to be ASCII, or claims nothing, and is not, is UTF-8 if
     * it can be, as mail without MIME mostly is, and else western.
     */
    static String decode(byte[] octets, Charset declared) {
        if (declared.equals(StandardCharsets.US_ASCII) && !ascii(octets)) {
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            } catch (CharacterCodingException e) {
                return new String(octets, WESTERN);
            }
        }
        return new String(octets, declared);
    }

    private static boolean ascii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    /** The octets of characters; those that the charset has not become the replacement, if there is one. */
    static byte[] encode(CharSequence text, Charset charset, Optional<String> replacement, int maxBytes) throws UnencodableException {
        return encode(text, charset.newEncoder(), replacement, maxBytes);
    }

    /** The same with an encoder that is new, or reset. */
    static byte[] encode(CharSequence text, CharsetEncoder encoder, Optional<String> replacement, int maxBytes)
            throws UnencodableException {
        CharBuffer in = CharBuffer.wrap(text);
        ByteBuffer out = ByteBuffer.allocate(Math.min(maxBytes, 64 + text.length()));
        CoderResult result = encoder.encode(in, out, true);
        while (!result.isUnderflow()) {
            if (result.isOverflow()) {
                out = grown(out, maxBytes);
                result = encoder.encode(in, out, true);
            } else {
                in.position(in.position() + result.length());
                CharBuffer instead = CharBuffer.wrap(replacement.orElseThrow(() -> new UnencodableException(false)));
                result = encoder.encode(instead, out, true);
                while (result.isOverflow()) {
                    out = grown(out, maxBytes);
                    result = encoder.encode(instead, out, true);
                }
                if (result.isError()) {
                    throw new UnencodableException(false);
                }
                result = encoder.encode(in, out, true);
            }
        }
        while (encoder.flush(out).isOverflow()) {
            out = grown(out, maxBytes);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static ByteBuffer grown(ByteBuffer out, int maxBytes) throws UnencodableException {
        if (out.capacity() >= maxBytes) {
            throw new UnencodableException(true);
        }
        return ByteBuffer.allocate((int) Math.min(maxBytes, 2L * out.capacity() + 16)).put(out.flip());
    }
}
