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
package io.jamesext.ximss.rule;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Texts within a Sieve script. RFC 5228 section 2.4.2. */
final class SieveText {
    private SieveText() {
    }

    /**
     * A string that nothing in it can end. RFC 5228 section 2.4.2: a backslash quotes one character. So all backslashes stand in pairs,
     * which James's parser (jSieve) asks for as well: it takes an odd one with {@code u0022} behind it for a quotation mark, as Java does.
     */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A list of strings, of at least one. RFC 5228 section 2.4.2.1. */
    static String list(Collection<String> texts) {
        return texts.stream().map(SieveText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A test that is met when one of these is. */
    static String anyOf(List<String> tests) {
        return tests.size() == 1 ? tests.get(0) : tests.stream().collect(Collectors.joining(", ", "anyof (", ")"));
    }
}
