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
package io.jamesext.agap.filter;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

/**
 * The message numbers that a rule can match, as far as two bounds can tell.
 *
 * @param first included
 * @param last included; below {@code first} when there is none
 */
record UidSpan(long first, long last) {
    static final UidSpan ALL = new UidSpan(1, Long.MAX_VALUE);
    static final UidSpan NONE = new UidSpan(1, 0);

    UidSpan intersection(UidSpan other) {
        return new UidSpan(Math.max(first, other.first), Math.min(last, other.last));
    }

    /** From the first of both to the last of both. */
    UidSpan hull(UidSpan other) {
        if (isEmpty()) {
            return other;
        }
        return other.isEmpty() ? this : new UidSpan(Math.min(first, other.first), Math.max(last, other.last));
    }

    boolean isEmpty() {
        return first > last;
    }

    boolean includes(MessageUid uid) {
        return first <= uid.asLong() && uid.asLong() <= last;
    }

    /** For James, which knows an open end; not of an empty one. */
    MessageRange range() {
        if (equals(ALL)) {
            return MessageRange.all();
        }
        return last == Long.MAX_VALUE
            ? MessageRange.from(MessageUid.of(first))
            : MessageRange.range(MessageUid.of(first), MessageUid.of(last));
    }
}
