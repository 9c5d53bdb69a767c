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
package io.jamesext.groupware.vcard;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.google.common.base.Ascii;
import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A file of cards, as address books export them. It is read card by card, for a whole address book with its photos is more than what is
 * kept in memory at once.
 */
public final class CardFile {
    /** Each becomes a message. */
    private static final int MAX_CARDS = 10_000;
    /** Of one card, in characters; protects the heap. A big photo or two fit in it. */
    private static final int MAX_CARD = 4 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** What files that are not Unicode mostly are: exports of old programs for Windows. */
    private static final Charset FALLBACK = Charset.forName("windows-1252");

    private final ByteSource octets;
    private final Charset charset;
    private final int pieces;

    private CardFile(ByteSource octets, Charset charset, int pieces) {
        this.octets = octets;
        this.charset = charset;
        this.pieces = pieces;
    }

    /**
     * Reads through a file and keeps nothing of it, so that nothing is done when it cannot all be done. Blocks.
     *
     * @throws ProtocolException when it holds no card, more than {@value #MAX_CARDS}, or one of more than {@value #MAX_CARD} characters
     */
    public static CardFile of(ByteSource octets) throws IOException {
        Charset charset = isUtf16(octets) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        try {
            return new CardFile(octets, charset, pieces(octets, charset));
        } catch (CharacterCodingException e) {
            return new CardFile(octets, FALLBACK, pieces(octets, FALLBACK));
        }
    }

    /** RFC 2781 section 3.2. */
    private static boolean isUtf16(ByteSource octets) throws IOException {
        byte[] mark = octets.slice(0, 2).read();
        return Arrays.equals(mark, new byte[] {(byte) 0xFE, (byte) 0xFF}) || Arrays.equals(mark, new byte[] {(byte) 0xFF, (byte) 0xFE});
    }

    private static int pieces(ByteSource octets, Charset charset) throws IOException {
        try (Reading reading = new Reading(octets.openStream(), charset)) {
            int pieces = 0;
            int cards = 0;
            for (Optional<String> piece = reading.piece(); piece.isPresent(); piece = reading.piece()) {
                pieces++;
                cards += new CardReader().read(piece.get()).size();
                if (pieces > MAX_CARDS || cards > MAX_CARDS) {
                    throw new ProtocolException(Failure.TOO_BIG, "more than " + MAX_CARDS + " vCards in one file");
                }
            }
            if (cards == 0) {
                throw new ProtocolException(Failure.SYNTAX, "no vCard in the file");
            }
            return pieces;
        }
    }

    /** How often {@link Reading#next} has something to read. */
    public int pieces() {
        return pieces;
    }

    /** Opens it. Blocks. */
    public Reading open() throws IOException {
        return new Reading(octets.openStream(), charset);
    }

    /** A file that is being read. Not safe for several threads at once. */
    public static final class Reading implements Closeable {
        private final BufferedReader text;
        private boolean isAfterReturn;

        private Reading(InputStream octets, Charset charset) {
            boolean isSure = !charset.equals(FALLBACK);
            CodingErrorAction broken = isSure ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
            text = new BufferedReader(new InputStreamReader(octets,
                charset.newDecoder().onMalformedInput(broken).onUnmappableCharacter(broken)));
        }

        /**
         * Reads on from a BEGIN to its END. Blocks.
         *
         * @return mostly one card; none when there is none in it, and at the end
         */
        public List<Card> next() throws IOException {
            Optional<String> piece = piece();
            return piece.isPresent() ? new CardReader().read(piece.get()) : List.of();
        }

        /** The next text from a BEGIN to its END; what stands between cards is left out. */
        private Optional<String> piece() throws IOException {
            StringBuilder piece = new StringBuilder();
            int depth = 0;
            for (int start = 0; line(piece); start = piece.length()) {
                depth += starts(piece, start, "BEGIN:") ? 1 : starts(piece, start, "END:") ? -1 : 0;
                if (depth <= 0 && start > 0) {
                    return Optional.of(piece.toString());
                }
                if (depth <= 0) {
                    depth = 0;
                    piece.setLength(0);
                }
            }
            return Optional.of(piece.toString()).filter(last -> !last.isEmpty());
        }

        /** Adds a line with a line feed at its end, whatever ends it in the file; false when there is none. */
        private boolean line(StringBuilder piece) throws IOException {
            int start = piece.length();
            for (int c = text.read(); c >= 0; c = text.read()) {
                boolean isSecondOfTwo = c == '\n' && isAfterReturn;
                isAfterReturn = c == '\r';
                if (isSecondOfTwo || c == BYTE_ORDER_MARK && piece.isEmpty()) {
                    continue;
                }
                if (piece.length() == MAX_CARD) {
                    throw new ProtocolException(Failure.TOO_BIG, "one of the vCards is too big");
                }
                piece.append(c == '\r' ? '\n' : (char) c);
                if (c == '\r' || c == '\n') {
                    return true;
                }
            }
            return piece.length() > start;
        }

        private static boolean starts(StringBuilder text, int at, String word) {
            return text.length() >= at + word.length() && Ascii.equalsIgnoreCase(text.subSequence(at, at + word.length()), word);
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
