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

package io.jamesext.lemonade.imap.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageResult;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

import io.jamesext.urlauth.HeaderValue;
import io.jamesext.urlauth.MimePart;
import io.jamesext.urlauth.MimeParts;
import io.jamesext.urlauth.Section;
import io.jamesext.urlauth.SectionReader;

/**
 * The first words of messages, RFC 8970 section 3: of the first text that is no attachment, plain before HTML. Those made last are kept,
 * for LAZY.
 */
final class Previews {
    /** RFC 8970 section 3.3; two characters may come at a time. */
    private static final int MAX_CHARACTERS = 200;
    /** Octets of the text that are read: HTML may begin with a style sheet. */
    private static final int MAX_TEXT_BYTES = 1 << 16;
    private static final int MAX_KEPT = 10_000;

    private final SectionReader sections;
    private final Cache<MessageId, byte[]> made = CacheBuilder.newBuilder().maximumSize(MAX_KEPT).build();

    /** A part and the numbers that lead to it. */
    private record Found(List<Integer> path, MimePart part) {
    }

    Previews(SectionReader sections) {
        this.sections = sections;
    }

    /** The preview of a message, in UTF-8, where it costs nothing. */
    Optional<byte[]> known(MessageId id) {
        return MimeParts.isLasting(id) ? Optional.ofNullable(made.getIfPresent(id)) : Optional.empty();
    }

    /** The preview of a message, in UTF-8; empty where it has no text. */
    byte[] of(MessageResult message) throws IOException, MailboxException {
        Optional<byte[]> known = known(message.getMessageId());
        if (known.isPresent()) {
            return known.get();
        }
        byte[] text = text(message).getBytes(StandardCharsets.UTF_8);
        if (MimeParts.isLasting(message.getMessageId())) {
            made.put(message.getMessageId(), text);
        }
        return text;
    }

    private String text(MessageResult message) throws IOException, MailboxException {
        MimePart root = sections.structure(message);
        Optional<Found> plain = find(root, part -> part.type().subtype().equalsIgnoreCase("plain"));
        Optional<Found> text = plain.isPresent() ? plain : find(root, part -> part.type().subtype().equalsIgnoreCase("html"));
        if (text.isEmpty()) {
            return "";
        }
        Section section = new Section(text.get().path(), Section.Kind.CONTENT, List.of());
        if (!sections.isDecodable(message, section)) {
            return "";
        }
        Optional<SectionReader.Decoded> decoded = sections.decoded(message, section);
        if (decoded.isEmpty()) {
            return "";
        }
        try (InputStream in = decoded.get().content().open()) {
            String characters = new String(in.readNBytes(MAX_TEXT_BYTES), charset(text.get().part()));
            return shortened(plain.isPresent() ? characters : HtmlText.of(characters));
        }
    }

    private static Optional<Found> find(MimePart root, Predicate<MimePart> wanted) {
        return root.kind() == MimePart.Kind.MULTIPART ? among(root, List.of(), wanted) : single(root, List.of(1), wanted);
    }

    private static Optional<Found> among(MimePart multipart, List<Integer> path, Predicate<MimePart> wanted) {
        for (int i = 0; i < multipart.children().size(); i++) {
            List<Integer> numbers = new ArrayList<>(path);
            numbers.add(i + 1);
            MimePart child = multipart.children().get(i);
            Optional<Found> found = child.kind() == MimePart.Kind.MULTIPART && numbers.size() < Section.MAX_DEPTH
                ? among(child, numbers, wanted)
                : single(child, numbers, wanted);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> single(MimePart part, List<Integer> path, Predicate<MimePart> wanted) {
        boolean attached = part.field("content-disposition").map(HeaderValue::parse)
            .filter(disposition -> disposition.value().equalsIgnoreCase("attachment")).isPresent();
        return part.kind() == MimePart.Kind.SINGLE && part.type().is("text") && !attached && part.body().length() > 0 && wanted.test(part)
            ? Optional.of(new Found(path, part))
            : Optional.empty();
    }

    private static Charset charset(MimePart part) {
        Optional<String> name = part.type().parameters().stream()
            .filter(parameter -> parameter.name().equalsIgnoreCase("charset"))
            .map(HeaderValue.Parameter::value)
            .findFirst();
        try {
            // UTF-8 holds ASCII, which an unnamed charset is by RFC 2046 section 4.1.2.
            return name.filter(value -> !value.equalsIgnoreCase("us-ascii")).map(Charset::forName).orElse(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** White space becomes one space, and what is no character goes. */
    private static String shortened(String text) {
        StringBuilder preview = new StringBuilder();
        boolean white = false;
        int characters = 0;
        for (int at = 0; at < text.length() && characters < MAX_CHARACTERS - 1;) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
                white = preview.length() > 0;
            } else if (!Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE) {
                if (white) {
                    preview.append(' ');
                    characters++;
                }
                white = false;
                preview.appendCodePoint(character);
                characters++;
            }
        }
        return preview.toString();
    }
}
