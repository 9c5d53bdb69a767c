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
package io.jamesext.agap.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.apache.commons.io.input.ReaderInputStream;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

import reactor.core.publisher.Flux;

/**
 * The content of a TEXT, HTML, BODY or header element. AGAP section 2.8: text as it is or in base64, everything else in base64.
 *
 * @param lines the text as lines of XML; empty when it goes out in base64
 * @param octets what goes out in base64; read once
 */
public record Leaf(Optional<ImmutableList<String>> lines, InputStream octets) {
    /** Longer texts go out in base64, so that they need not be held at once. */
    private static final int MAX_TEXT = 256 * 1024;
    /** Room for a line of XML beside the dot and the tags of TEXT, HTML or BODY, which may stand on it. */
    private static final int LINE_OCTETS = 940;
    /** Octets that make a base64 line of 76 characters, RFC 2045 section 6.8. */
    private static final int BASE64_OCTETS = 57;

    /** A TEXT or HTML element, which AGAP has in UTF-8 in either encoding (section 2.11.8). */
    public static Leaf text(InputStream decoded, Charset charset) throws IOException {
        byte[] head = decoded.readNBytes(MAX_TEXT + 1);
        if (head.length > MAX_TEXT) {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), decoded);
            return new Leaf(Optional.empty(), new ReaderInputStream(new InputStreamReader(whole, charset), StandardCharsets.UTF_8));
        }
        String text = decode(head, charset);
        return new Leaf(XmlText.lines(text, LINE_OCTETS), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The BODY of a text attachment: text, or its own octets in base64, in the charset that its header names. */
    static Leaf textAttachment(InputStream decoded, Charset charset) throws IOException {
        byte[] head = decoded.readNBytes(MAX_TEXT + 1);
        Optional<ImmutableList<String>> lines = head.length > MAX_TEXT
            ? Optional.empty()
            : XmlText.lines(decode(head, charset), LINE_OCTETS);
        return new Leaf(lines, new SequenceInputStream(new ByteArrayInputStream(head), decoded));
    }

    /** The BODY of any other attachment. */
    public static Leaf octets(InputStream decoded) {
        return new Leaf(Optional.empty(), decoded);
    }

    /** A header's value in an element with so much room on its lines. */
    static Leaf header(String value, int octets) {
        return new Leaf(value.length() > MAX_TEXT ? Optional.empty() : XmlText.folded(value, octets),
            new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** The beginning of a text, for filters; its lines end with LF. */
    static String head(InputStream decoded, Charset charset) throws IOException {
        byte[] head = decoded.readNBytes(MAX_TEXT);
        if (head.length < MAX_TEXT) {
            return decode(head, charset).replace("\r\n", "\n");
        }
        // It may end within a character.
        return new String(head, charset).replace("\r\n", "\n");
    }

    static String decode(byte[] octets, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            // Mislabelled mail; Latin-1 reads anything, and ASCII right.
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    /** The element's lines. */
    public Flux<String> element(String tag, String attribute) {
        String end = "</" + tag + ">";
        return lines.map(text -> Flux.fromIterable(wrapped("<" + tag + attribute + ">", text, end)))
            .orElseGet(() -> Flux.concat(Flux.just("<" + tag + " ENCODED=\"base64\">"), base64(), Flux.just(end)));
    }

    private static List<String> wrapped(String begin, ImmutableList<String> text, String end) {
        int last = text.size() - 1;
        if (last == 0) {
            return ImmutableList.of(begin + text.get(0) + end);
        }
        return ImmutableList.<String>builder()
            .add(begin + text.get(0))
            .addAll(text.subList(1, last))
            .add(text.get(last) + end)
            .build();
    }

    /** The lines of RETR with a part: the text itself, or base64 where the element is in base64. */
    public Flux<String> content() {
        return lines.map(text -> Flux.fromIterable(Splitter.on('\n').split(XmlText.unescape(String.join("\n", text)))))
            .orElseGet(this::base64);
    }

    private Flux<String> base64() {
        return Flux.generate(sink -> {
            try {
                byte[] some = octets.readNBytes(BASE64_OCTETS);
                if (some.length == 0) {
                    sink.complete();
                } else {
                    sink.next(Base64.getEncoder().encodeToString(some));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
