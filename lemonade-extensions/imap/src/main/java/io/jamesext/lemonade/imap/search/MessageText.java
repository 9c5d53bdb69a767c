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

package io.jamesext.lemonade.imap.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
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
import io.jamesext.converter.SentDate;
import io.jamesext.lemonade.imap.search.SearchKey.TextKey;
import io.jamesext.urlauth.HeaderField;

/**
 * Which text keys a message matches, found out in one pass over it that ends as soon as all do. RFC 3501 section 6.4.4: transfer encodings
 * and encoded words are decoded before anything is compared. Of the body everything is searched that is text: text parts, the header fields
 * of parts and of messages in it. A message that stops making sense is searched up to there.
 */
final class MessageText {
    private static final Logger LOGGER = LoggerFactory.getLogger(MessageText.class);
    /** Each level makes every read below it dearer: what is nested deeper is taken as one opaque part. */
    private static final int MAX_DEPTH = 30;
    private static final int MAX_PARTS = 10_000;
    /** Of a header field so much is decoded and searched; SORT takes as much of a subject. */
    private static final int MAX_FIELD = 64 << 10;
    private static final MimeConfig LENIENT = MimeConfig.custom().setMaxLineLen(-1).setMaxHeaderLen(-1).setMaxHeaderCount(-1).build();

    private final TextKeys keys;
    private final Set<TextKey> found = new HashSet<>();
    private final FoldedText header;
    private final FoldedText body;
    private boolean inHeader = true;
    private boolean dated;
    private int depth;
    private int parts;

    private MessageText(TextKeys keys) {
        this.keys = keys;
        header = new FoldedText(keys.anywhere(), found);
        body = new FoldedText(keys.inBody(), found);
    }

    /**
     * Those of the keys that the message matches.
     *
     * @param message its header is enough where no key needs more
     */
    static Set<TextKey> matching(Content message, TextKeys keys) throws IOException, MailboxException {
        MessageText text = new MessageText(keys);
        try (InputStream content = message.getInputStream()) {
            if (keys.needBody()) {
                text.read(content);
            } else {
                HeaderField.of(content.readNBytes(Math.toIntExact(message.size())), keys::ask)
                    .forEach(field -> text.headerField(field.name(), HeaderText.readable(cut(field.value()))));
            }
        } catch (MimeException e) {
            LOGGER.debug("A message is searched up to where it is broken", e);
        }
        return text.found;
    }

    private void read(InputStream message) throws IOException, MimeException {
        MimeTokenStream stream = new MimeTokenStream(LENIENT);
        stream.parse(message);
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM && !isDone(); state = stream.next()) {
            switch (state) {
                case T_FIELD -> field(stream.getField());
                case T_END_HEADER -> inHeader = false;
                case T_START_MULTIPART, T_START_MESSAGE -> {
                    depth++;
                    stream.setRecursionMode(depth < MAX_DEPTH ? RecursionMode.M_RECURSE : RecursionMode.M_NO_RECURSE);
                }
                case T_END_MULTIPART, T_END_MESSAGE -> depth--;
                case T_BODY -> part(stream);
                default -> { }
            }
        }
    }

    private boolean isDone() {
        return !inHeader && (parts > MAX_PARTS || body.isDone());
    }

    private void field(Field field) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        boolean asked = inHeader && keys.ask(name);
        FoldedText text = inHeader ? header : body;
        if (!asked && text.isDone()) {
            return;
        }
        String value = value(field);
        if (asked) {
            headerField(name, value);
        }
        text.look(Casemap.fold(field.getName() + ": " + value));
    }

    private void headerField(String name, String value) {
        Map<TextKey, Needle> wanted = keys.inField(name);
        if (!wanted.isEmpty()) {
            new FoldedText(wanted, found).look(Casemap.fold(value));
        }
        // RFC 5322 section 3.6: there is one Date. Where there are more, the first counts.
        if (name.equals(TextKeys.DATE) && !dated) {
            dated = true;
            SentDate.of(value).ifPresent(date -> found.addAll(keys.sent(date.day())));
        }
    }

    /** Unfolded and decoded. */
    private static String value(Field field) {
        ByteSequence raw = field.getRaw();
        String whole = raw == null ? ":" + field.getBody() : ContentUtil.decode(StandardCharsets.ISO_8859_1, raw);
        return HeaderText.readable(cut(MimeUtil.unfold(whole.substring(whole.indexOf(':') + 1)).strip()));
    }

    private static String cut(String field) {
        return field.substring(0, Math.min(field.length(), MAX_FIELD));
    }

    private void part(MimeTokenStream stream) throws IOException {
        parts++;
        BodyDescriptor descriptor = stream.getBodyDescriptor();
        String mediaType = Optional.ofNullable(descriptor.getMimeType()).orElse("text/plain").toLowerCase(Locale.ROOT);
        if (mediaType.startsWith("text/") && !body.isDone()) {
            body.read(new InputStreamReader(stream.getDecodedInputStream(), charset(descriptor.getCharset())));
        }
    }

    private static Charset charset(@Nullable String name) {
        try {
            return name == null || name.equalsIgnoreCase("us-ascii") ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
