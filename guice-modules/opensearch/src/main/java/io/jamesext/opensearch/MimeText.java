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
package io.jamesext.opensearch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.model.ContentType;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;
import org.apache.james.mime4j.util.MimeUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.converter.HeaderText;
import io.jamesext.converter.MediaTypes;

/**
 * The text of a message, read in one pass: the decoded header fields of the message itself, and of its parts what is text. Everything is
 * bounded, and a message that stops making sense gives what was read up to there: it must still be found by what it has.
 */
final class MimeText {
    record HeaderField(String name, String value) {
    }

    record Attachment(Optional<String> fileName, String mediaType, String text) {
    }

    /** What one message may bring to the index; the rest of it is not searchable. */
    static final int MAX_TEXT_CHARS = 1024 * 1024;
    /** Of one part: more than so many characters have in any charset. */
    private static final int MAX_TEXT_OCTETS = 4 * MAX_TEXT_CHARS;
    private static final int MAX_FILE_NAME = 500;
    private static final int MAX_FIELDS = 2000;
    private static final int MAX_FIELD_CHARS = 64 * 1024;
    private static final int MAX_HEADER_CHARS = 512 * 1024;
    private static final int MAX_PARTS = 1000;
    private static final int MAX_DEPTH = 30;
    private static final int BUFFER = 8192;
    /** Attachments are read as long as this together, each as long as its extractor allows: a message may have very many. */
    private static final Duration MAX_TIME = Duration.ofSeconds(20);
    private static final Logger LOGGER = LoggerFactory.getLogger(MimeText.class);
    private static final MimeConfig LENIENT = MimeConfig.custom().setMaxLineLen(-1).setMaxHeaderLen(1024 * 1024).setMaxHeaderCount(-1)
        .build();

    private final TextExtractor extractor;
    private final boolean withAttachments;
    private final List<HeaderField> fields = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<String> htmls = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<String> searched = new ArrayList<>();
    private int searchedLeft = MAX_TEXT_CHARS;
    private boolean whole = true;
    private int charsLeft = MAX_TEXT_CHARS;
    private int headerCharsLeft = MAX_HEADER_CHARS;
    private final long deadline = System.nanoTime() + MAX_TIME.toNanos();
    private int parts;
    private int depth;
    private boolean topHeader = true;

    private MimeText(TextExtractor extractor, boolean withAttachments) {
        this.extractor = extractor;
        this.withAttachments = withAttachments;
    }

    static MimeText read(InputStream message, TextExtractor extractor, boolean withAttachments) throws IOException {
        MimeText text = new MimeText(extractor, withAttachments);
        try (message) {
            text.read(message);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (MimeException | RuntimeException | StackOverflowError e) {
            text.whole = false;
            LOGGER.debug("A message is indexed up to where it is broken", e);
        }
        return text;
    }

    List<HeaderField> fields() {
        return fields;
    }

    List<String> texts() {
        return texts;
    }

    List<String> htmls() {
        return htmls;
    }

    List<Attachment> attachments() {
        return attachments;
    }

    /**
     * All that BODY of RFC 3501 section 6.4.4 searches: the parts of type text as they are decoded, HTML with its marks, and the header
     * fields of parts and of messages in the message.
     */
    List<String> searched() {
        return searched;
    }

    /** Whether nothing was left out of the header fields and of what is searched. */
    boolean isWhole() {
        return whole;
    }

    private void read(InputStream message) throws IOException, MimeException {
        MimeTokenStream stream = new MimeTokenStream(LENIENT,
            new DefaultBodyDescriptorBuilder(null, new LenientFieldParser(), DecodeMonitor.SILENT));
        stream.parse(message);
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM && parts < MAX_PARTS; state = stream.next()) {
            switch (state) {
                case T_FIELD -> field(stream.getField());
                case T_END_HEADER -> topHeader = false;
                case T_START_MULTIPART, T_START_MESSAGE -> {
                    depth++;
                    // Each level makes every read below it dearer: what is nested deeper is taken as one opaque part.
                    stream.setRecursionMode(depth < MAX_DEPTH ? RecursionMode.M_RECURSE : RecursionMode.M_NO_RECURSE);
                }
                case T_END_MULTIPART, T_END_MESSAGE -> depth--;
                case T_BODY -> body(stream);
                default -> { }
            }
        }
        whole &= parts < MAX_PARTS;
    }

    private void field(Field field) {
        String body = Optional.ofNullable(field.getRaw()).map(raw -> octets(raw, field)).orElseGet(field::getBody);
        if (!topHeader) {
            search(field.getName() + ": " + HeaderText.readable(Texts.bounded(body, searchedLeft)).strip());
            whole &= body.length() <= searchedLeft;
        } else if (fields.size() < MAX_FIELDS && headerCharsLeft > 0) {
            String bounded = Texts.bounded(body, Math.min(MAX_FIELD_CHARS, headerCharsLeft));
            whole &= bounded.length() == body.length();
            headerCharsLeft -= bounded.length();
            fields.add(new HeaderField(field.getName().toLowerCase(Locale.US), HeaderText.readable(bounded).trim()));
        } else {
            whole = false;
        }
    }

    private void search(String text) {
        String bounded = Texts.bounded(text, searchedLeft);
        whole &= bounded.length() == text.length();
        searchedLeft -= bounded.length();
        if (!bounded.isEmpty()) {
            searched.add(bounded);
        }
    }

    /** The value unfolded, its characters are the octets. */
    private static String octets(ByteSequence raw, Field field) {
        String whole = ContentUtil.decode(StandardCharsets.ISO_8859_1, raw);
        int colon = whole.indexOf(':');
        return colon < 0 ? field.getBody() : MimeUtil.unfold(whole.substring(colon + 1));
    }

    private void body(MimeTokenStream stream) throws IOException {
        parts++;
        MaximalBodyDescriptor descriptor = (MaximalBodyDescriptor) stream.getBodyDescriptor();
        String mediaType = Optional.ofNullable(descriptor.getMimeType()).orElse("text/plain").toLowerCase(Locale.US);
        InputStream content = mediaType.startsWith("text/") ? searched(stream, descriptor) : stream.getDecodedInputStream();
        if (descriptor.getContentDispositionType() != null) {
            attachment(content, descriptor, mediaType);
        } else if (mediaType.equals("text/html")) {
            keep(extracted(content, mediaType, charset(descriptor)), htmls);
        } else if (mediaType.startsWith("text/")) {
            keep(decoded(content, charset(descriptor)), texts);
        }
    }

    /** Of text the octets are needed twice. US-ASCII is read as UTF-8, as the Lemonade listener does: much is labelled so that is not. */
    private InputStream searched(MimeTokenStream stream, MaximalBodyDescriptor descriptor) throws IOException {
        byte[] octets = stream.getDecodedInputStream().readNBytes(MAX_TEXT_OCTETS);
        whole &= octets.length < MAX_TEXT_OCTETS;
        Charset charset = charset(descriptor);
        search(new String(octets, charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset));
        return new ByteArrayInputStream(octets);
    }

    private void attachment(InputStream content, MaximalBodyDescriptor descriptor, String mediaType) throws IOException {
        if (!withAttachments) {
            return;
        }
        Optional<String> fileName = Optional.ofNullable(descriptor.getContentDispositionFilename())
            .or(() -> Optional.ofNullable(descriptor.getContentTypeParameters()).map(parameters -> parameters.get("name")))
            // Where it has many encoded words, mime4j takes long.
            .map(name -> MimeUtil.unscrambleHeaderValue(Texts.bounded(name, MAX_FILE_NAME)));
        String known = MediaTypes.guess(mediaType, fileName);
        String text = known.startsWith("text/") && !known.equals("text/html") && !known.equals("text/rtf")
            ? decoded(content, charset(descriptor))
            : extracted(content, known, charset(descriptor));
        List<String> kept = new ArrayList<>();
        keep(text, kept);
        boolean inlineText = "inline".equalsIgnoreCase(descriptor.getContentDispositionType()) && fileName.isEmpty();
        if (inlineText && mediaType.startsWith("text/")) {
            (mediaType.equals("text/html") ? htmls : texts).addAll(kept);
        }
        attachments.add(new Attachment(fileName, mediaType, String.join("", kept)));
    }

    private void keep(String text, List<String> into) {
        String bounded = Texts.bounded(text, charsLeft);
        charsLeft -= bounded.length();
        if (!bounded.isBlank()) {
            into.add(bounded);
        }
    }

    private String extracted(InputStream content, String mediaType, Charset charset) {
        if (charsLeft == 0 || System.nanoTime() - deadline > 0) {
            return "";
        }
        try {
            ContentType type = ContentType.of(ContentType.MimeType.of(mediaType), Optional.of(charset));
            return extractor.applicable(type)
                ? extractor.extractContent(content, type).getTextualContent().orElse("")
                : "";
        } catch (Exception e) {
            LOGGER.debug("No text can be had from a part of type {}", mediaType, e);
            return "";
        }
    }

    private String decoded(InputStream content, Charset charset) throws IOException {
        Reader reader = new InputStreamReader(content, charset);
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[BUFFER];
        for (int read = reader.read(buffer); read >= 0 && text.length() < charsLeft; read = reader.read(buffer)) {
            text.append(buffer, 0, read);
        }
        return text.toString();
    }

    private static Charset charset(MaximalBodyDescriptor descriptor) {
        try {
            return Optional.ofNullable(descriptor.getContentTypeParameters()).map(MimeText::charsetOf)
                .map(Charset::forName).orElse(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static @Nullable String charsetOf(Map<String, String> parameters) {
        return parameters.get("charset");
    }
}
