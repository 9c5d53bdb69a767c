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

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The charsets of search strings. RFC 3501 section 6.4.4 wants US-ASCII, RFC 5255 section 4.3 UTF-8; the others are what mail is written
 * in.
 */
final class SearchCharsets {
    private static final List<String> KNOWN = Stream.of(
            Stream.of("US-ASCII", "UTF-8"),
            IntStream.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15).mapToObj(part -> "ISO-8859-" + part),
            IntStream.rangeClosed(1250, 1258).mapToObj(page -> "windows-" + page),
            Stream.of("KOI8-R", "KOI8-U", "TIS-620", "ISO-2022-JP", "Shift_JIS", "EUC-JP", "GB2312", "GBK", "GB18030", "Big5", "EUC-KR"))
        .flatMap(names -> names)
        .filter(Charset::isSupported)
        .toList();
    private static final Set<Charset> SUPPORTED = KNOWN.stream().map(Charset::forName).collect(Collectors.toUnmodifiableSet());

    private SearchCharsets() {
    }

    static Optional<Charset> named(String name) {
        try {
            return Charset.isSupported(name) ? Optional.of(Charset.forName(name)).filter(SUPPORTED::contains) : Optional.empty();
        } catch (IllegalCharsetNameException e) {
            return Optional.empty();
        }
    }

    /** RFC 3501 section 7.1: the response code for a charset that is not there, with those that are. */
    static String badCharset() {
        return "BADCHARSET (" + String.join(" ", KNOWN) + ")";
    }
}
