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

package io.jamesext.lemonade.imap.sort;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

import io.jamesext.urlauth.HeaderField;

/**
 * The Message-ID of a message and the references used for its ancestry: RFC 5256, THREAD. Identifiers are kept as numbers that stand for
 * them in this process.
 */
public final class Links {
    /** No identifier. */
    public static final long NO_ID = 0;

    /** The last ones count, as if the field had been cut by a client. It protects memory. */
    static final int MAX_REFERENCES = 100;
    static final Links NONE = new Links(NO_ID, new long[0]);
    private static final int OBJECT_OCTETS = 40;

    private final long id;
    private final long[] references;

    private Links(long id, long[] references) {
        this.id = id;
        this.references = references;
    }

    static Links of(List<HeaderField> fields, ToLongFunction<String> numbers) {
        long id = ids(fields, "message-id").stream().findFirst().map(numbers::applyAsLong).orElse(NO_ID);
        List<String> references = ids(fields, "references");
        if (references.isEmpty()) {
            references = ids(fields, "in-reply-to").stream().limit(1).toList();
        }
        return new Links(id, references.stream().skip(Math.max(0, references.size() - MAX_REFERENCES)).mapToLong(numbers).toArray());
    }

    /** Of the message itself, or {@link #NO_ID}. */
    public long id() {
        return id;
    }

    /** The last of the references, the parent at the end; at most so many. Not to be changed: all are not copied. */
    public long[] references(int limit) {
        return references.length <= limit ? references
            : Arrays.copyOfRange(references, references.length - limit, references.length);
    }

    int octets() {
        return OBJECT_OCTETS + references.length * Long.BYTES;
    }

    private static List<String> ids(List<HeaderField> fields, String name) {
        return HeaderField.first(fields, name).map(MessageIds::read).orElse(List.of());
    }
}
