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
package io.jamesext.ximss.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for a text in a message: in the decoded text of its parts, HTML as its reader sees it, and perhaps in its header fields. XIMSS,
 * "Mailbox Operations", folderOpen, filterField. Without regard to case, and any white space is one space: lines end where their sender
 * liked. A message that stops making sense is searched up to there.
 */
public final class MessageText {
    private static final Logger LOGGER = LoggerFactory.getLogger(MessageText.class);
    /** What is nested deeper is one opaque part: it protects the stack. */
    private static final int MAX_DEPTH = 50;
    /** Protects the processor against messages made of empty parts, as in {@link EmailReader}. */
    private static final int MAX_PARTS = 5_000;
    /** Of each part: as much as folderRead shows. Protects the heap. */
    private static final int MAX_PART_BYTES = 4 << 20;

    private final MimeTokenStream stream = new MimeTokenStream(MailHeader.PATIENT, DecodeMonitor.SILENT, null, null);
    private final String wanted;
    private final boolean inHeader;
    private List<Field> fields = new ArrayList<>();
    private int messages;
    private int depth;
    private int parts;
    private boolean messageHeader;

    private MessageText(String wanted, boolean inHeader) {
        this.wanted = wanted;
        this.inHeader = inHeader;
    }

    /** What two texts have in common that are the same here. */
    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            boolean blank = Character.isWhitespace(point) || Character.isSpaceChar(point);
            if (!blank) {
                folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(point)));
            } else if (!space) {
                folded.append(' ');
            }
            space = blank;
        }
        return folded.toString();
    }

    /**
     * True when the message has the text.
     *
     * @param message its octets
     * @param folded the text, as {@link #fold} gives it
     * @param inHeader whether the values of its header fields count, too
     */
    public static boolean contains(InputStream message, String folded, boolean inHeader) throws IOException {
        MessageText search = new MessageText(folded, inHeader);
        try {
            search.stream.parse(message);
            return search.find();
        } catch (MimeException e) {
            LOGGER.debug("a message is searched up to where it is broken", e);
            return false;
        }
    }

    private boolean find() throws IOException, MimeException {
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
            boolean found = switch (state) {
                case T_FIELD -> field(stream.getField());
                case T_BODY -> body();
                default -> {
                    enter(state);
                    yield false;
                }
            };
            if (found || parts > MAX_PARTS) {
                return found;
            }
        }
        return false;
    }

    private void enter(EntityState state) {
        switch (state) {
            case T_START_MESSAGE, T_START_MULTIPART -> {
                messages += state == EntityState.T_START_MESSAGE ? 1 : 0;
                depth++;
                stream.setRecursionMode(depth < MAX_DEPTH ? RecursionMode.M_RECURSE : RecursionMode.M_FLAT);
                messageHeader = state == EntityState.T_START_MESSAGE;
            }
            case T_END_MESSAGE, T_END_MULTIPART -> depth--;
            case T_START_HEADER -> fields = new ArrayList<>();
            case T_END_HEADER -> messageHeader = false;
            default -> { }
        }
    }

    /** The header of a message within a part belongs to that part's body. */
    private boolean field(Field field) {
        fields.add(field);
        return messageHeader && (messages > 1 || inHeader) && has(FieldText.text(field));
    }

    private boolean body() throws IOException {
        parts++;
        MimeFields described = new MimeFields(fields);
        if (!described.isText()) {
            return false;
        }
        String text = described.decode(stream.getDecodedInputStream().readNBytes(MAX_PART_BYTES));
        return has(described.isHtml() ? HtmlText.of(text) : text);
    }

    private boolean has(String text) {
        return fold(text).contains(wanted);
    }
}
