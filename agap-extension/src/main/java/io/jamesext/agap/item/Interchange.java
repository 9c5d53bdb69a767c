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
package io.jamesext.agap.item;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableMap;

/** What iCalendar and vCard have in common in their XML: AGAP sections 2.11.2 and 2.11.4. */
final class Interchange {
    /** Dropped on the way to XML. */
    private static final Set<String> DROPPED = Set.of("LANGUAGE", "VALUE", "CONTEXT", "CHARSET", "ENCODING", "TZID", XmlElement.ENCODED);
    /** Their case means something: RFC 5545 section 3.2. */
    private static final Set<String> WITH_CASE = Set.of("ALTREP", "CN", "DELEGATED-FROM", "DELEGATED-TO", "DIR", "MEMBER", "SENT-BY");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9-]{0,63}");
    private static final Pattern ESCAPED_LINE_END = Pattern.compile("\\\\(.)", Pattern.DOTALL);
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\t\\n]]");

    private Interchange() {
    }

    /** A value in XML: "any \n is replaced with a real end of line", while {@code \,} and {@code \;} stay. */
    static String toXml(String value) {
        return ESCAPED_LINE_END.matcher(value).replaceAll(escaped -> escaped.group(1).equalsIgnoreCase("n") ? "\n"
            : Matcher.quoteReplacement(escaped.group()));
    }

    /** A value of one line. */
    static String fromXml(String text) {
        return CONTROLS.matcher(text.replace("\r\n", "\n")).replaceAll(" ").replace("\n", "\\n");
    }

    /** Parameters as attributes: "the values for attributes only in lowercase" (section 2.11.1), but for names and addresses. */
    static void attributes(Map<String, String> parameters, ImmutableMap.Builder<String, String> attributes) {
        parameters.forEach((name, value) -> {
            String written = WITH_CASE.contains(name) ? value : value.toLowerCase(Locale.ROOT);
            if (isName(name) && !DROPPED.contains(name) && XmlElement.fits(name, written)) {
                attributes.put(name, written);
            }
        });
    }

    /** True for what can be the name of an element; vCard allows more. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** False for a value that speaks of a part of a message, which XML has none of: sections 2.11.2 and 2.11.4. */
    static boolean isShown(String value) {
        return !value.strip().regionMatches(true, 0, "cid:", 0, "cid:".length());
    }
}
