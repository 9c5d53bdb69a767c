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

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.apache.james.imap.decode.DecodingException;

import com.google.common.base.CharMatcher;

import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.Section;

/** What stands between the brackets of BODY[...]. RFC 3501 section 9, section-spec. */
final class FetchSections {
    private static final String FIELDS = "HEADER.FIELDS";
    private static final String FIELDS_NOT = "HEADER.FIELDS.NOT";
    /** RFC 5322 section 3.6.8. */
    private static final CharMatcher FIELD_NAME = CharMatcher.inRange('!', '~').and(CharMatcher.isNot(':'));
    private static final CharMatcher ATOM = CharMatcher.inRange('!', '~').and(CharMatcher.noneOf("(){%*\"\\]"));

    private FetchSections() {
    }

    /**
     * Reads a section.
     *
     * @param specification what stands before the list of fields
     * @param fields the list, empty where there is none
     */
    static Section parse(String specification, List<String> fields) throws DecodingException {
        try {
            return fields.isEmpty() ? Section.parse(specification) : ofFields(specification.toUpperCase(Locale.ROOT), fields);
        } catch (BadUrlException e) {
            throw FetchParser.bad("no section");
        }
    }

    private static Section ofFields(String specification, List<String> fields) throws DecodingException {
        boolean not = specification.endsWith(FIELDS_NOT);
        boolean names = fields.stream().allMatch(field -> !field.isEmpty() && FIELD_NAME.matchesAllOf(field));
        if (!names || !not && !specification.endsWith(FIELDS)) {
            throw FetchParser.bad("fields of what is no header");
        }
        String numbers = specification.substring(0, specification.length() - (not ? FIELDS_NOT : FIELDS).length());
        // HEADER has the same numbers before it, and needs no list.
        Section header = Section.parse(numbers + "HEADER");
        return new Section(header.path(), not ? Section.Kind.HEADER_FIELDS_NOT : Section.Kind.HEADER_FIELDS, fields);
    }

    /** The same text again, for the answer: clients look for what they wrote. */
    static String echo(String specification, List<String> fields) {
        return fields.isEmpty()
            ? specification
            : fields.stream().map(FetchSections::astring).collect(Collectors.joining(" ", specification + " (", ")"));
    }

    private static String astring(String field) {
        return ATOM.matchesAllOf(field) ? field : '"' + field.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
