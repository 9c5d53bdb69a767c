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

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.jamesext.lemonade.imap.search.SearchKey.Body;
import io.jamesext.lemonade.imap.search.SearchKey.Header;
import io.jamesext.lemonade.imap.search.SearchKey.Sent;
import io.jamesext.lemonade.imap.search.SearchKey.Text;
import io.jamesext.lemonade.imap.search.SearchKey.TextKey;

/** The text keys of a program, made ready once for all messages. */
final class TextKeys {
    static final String DATE = "date";

    private final Map<TextKey, Needle> anywhere = new HashMap<>();
    private final Map<TextKey, Needle> inBody = new HashMap<>();
    /** By the names of the fields, in lower case. */
    private final Map<String, Map<TextKey, Needle>> inField = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();

    /** All that are in that program. */
    TextKeys(SearchKey program) {
        program.leaves().map(TextKey.class::cast).distinct().forEach(this::add);
    }

    private void add(TextKey key) {
        if (key instanceof Text text) {
            Needle needle = Needle.of(text.value());
            anywhere.put(key, needle);
            inBody.put(key, needle);
        } else if (key instanceof Body body) {
            inBody.put(key, Needle.of(body.value()));
        } else if (key instanceof Header header) {
            inField.computeIfAbsent(header.name().toLowerCase(Locale.ROOT), name -> new HashMap<>()).put(key, Needle.of(header.value()));
        } else {
            sent.add((Sent) key);
        }
    }

    /** Strings of TEXT. */
    Map<TextKey, Needle> anywhere() {
        return anywhere;
    }

    /** Strings of TEXT and BODY. */
    Map<TextKey, Needle> inBody() {
        return inBody;
    }

    /** Strings of HEADER, FROM and the like for a field of that name, in lower case. */
    Map<TextKey, Needle> inField(String name) {
        return inField.getOrDefault(name, Map.of());
    }

    /** Whether anything is asked of the header fields of that name, in lower case. */
    boolean ask(String name) {
        return inField.containsKey(name) || name.equals(DATE) && !sent.isEmpty();
    }

    /** Whether more is needed than the header. */
    boolean needBody() {
        return !inBody.isEmpty();
    }

    /** Those of SENTON and the like that are true of that day. */
    List<Sent> sent(LocalDate day) {
        return sent.stream().filter(key -> key.when().matches(day, key.day())).toList();
    }
}
