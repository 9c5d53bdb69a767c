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
import java.util.Locale;
import java.util.regex.Pattern;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.Fields;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A message that is stored, or a part of one, to be copied octet by octet. XIMSS, "Message Operations", copyMIME. The parts have the
 * numbers that {@link EmailReader} gives them; "3" is taken for "03", as the example has it.
 *
 * @param fields which describe it in the message that it is copied to
 * @param body its octets, read anew each time
 */
record StoredPart(List<Field> fields, ByteSource body) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
    /** Protects the stack, as in {@link EmailReader}. */
    private static final int MAX_DEPTH = 50;

    /** The whole message. */
    static StoredPart whole(ByteSource message) {
        return new StoredPart(List.of(Fields.contentType("message/rfc822"), Fields.contentTransferEncoding("8bit")), message);
    }

    /**
     * A part of it.
     *
     * @throws ProtocolException when it has no such part
     */
    static StoredPart of(ByteSource message, String partId) throws IOException {
        String wanted = canonical(partId);
        try (InputStream in = message.openStream()) {
            Search search = new Search(wanted);
            if (wanted.isEmpty() || !search.find(in)) {
                throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such part");
            }
            return new StoredPart(search.fields, new ByteSource() {
                @Override
                public InputStream openStream() throws IOException {
                    Search again = new Search(wanted);
                    if (!again.find(message.openStream())) {
                        throw new IOException("the part has gone");
                    }
                    return again.stream.getInputStream();
                }
            });
        }
    }

    /** A nested message is the body of the part that it is in. */
    private static String canonical(String partId) {
        List<String> numbers = new ArrayList<>();
        for (String number : partId.split("-")) {
            numbers.add(NUMBER.matcher(number).matches() ? String.format("%02d", Integer.parseInt(number)) : number.toUpperCase(Locale.US));
        }
        while (!numbers.isEmpty() && numbers.get(numbers.size() - 1).equals("E")) {
            numbers.remove(numbers.size() - 1);
        }
        return String.join("-", numbers);
    }

    /** Goes to the part, and no further: its octets are what the stream gives next. */
    private static final class Search {
        private final MimeTokenStream stream = new MimeTokenStream(MailHeader.PATIENT, DecodeMonitor.SILENT, null, null);
        private final String wanted;
        private List<Field> fields = List.of();

        Search(String wanted) {
            this.wanted = wanted;
        }

        boolean find(InputStream message) throws IOException {
            try {
                stream.parse(message);
                return find("", 0);
            } catch (MimeException e) {
                throw new IOException(e);
            }
        }

        private boolean find(String id, int depth) throws IOException, MimeException {
            List<Field> found = new ArrayList<>();
            EntityState state = stream.next();
            while (state != EntityState.T_END_HEADER) {
                if (state == EntityState.T_END_OF_STREAM) {
                    return false;
                }
                if (state == EntityState.T_FIELD && stream.getField().getName().toLowerCase(Locale.US).startsWith("content-")) {
                    found.add(stream.getField());
                }
                state = stream.next();
            }
            if (id.equals(wanted)) {
                fields = found;
                stream.setRecursionMode(RecursionMode.M_FLAT);
                return stream.next() == EntityState.T_BODY;
            }
            if (depth == MAX_DEPTH) {
                throw new ProtocolException(Failure.TOO_BIG, "the message nests too deep");
            }
            return switch (stream.next()) {
                case T_START_MULTIPART -> findIn(id, depth);
                case T_START_MESSAGE -> find(id.isEmpty() ? "E" : id + "-E", depth + 1) || isEnd(EntityState.T_END_MESSAGE);
                default -> false;
            };
        }

        private boolean findIn(String id, int depth) throws IOException, MimeException {
            int number = 0;
            for (EntityState state = stream.next(); state != EntityState.T_END_MULTIPART; state = stream.next()) {
                if (state == EntityState.T_END_OF_STREAM) {
                    return false;
                }
                if (state == EntityState.T_START_BODYPART) {
                    String part = String.format("%02d", ++number);
                    if (find(id.isEmpty() ? part : id + "-" + part, depth + 1)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Goes on behind what did not hold the part. */
        private boolean isEnd(EntityState end) throws IOException, MimeException {
            EntityState state = stream.next();
            while (state != end && state != EntityState.T_END_OF_STREAM) {
                state = stream.next();
            }
            return false;
        }
    }
}
