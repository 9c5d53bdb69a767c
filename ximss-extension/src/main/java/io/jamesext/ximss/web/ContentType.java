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
package io.jamesext.ximss.web;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header field's value. RFC 9110 section 8.3.
 *
 * @param type in small letters
 * @param subtype in small letters
 * @param charset as it is written
 */
public record ContentType(String type, String subtype, Optional<String> charset) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern VALUE = Pattern.compile("\\s*(?<type>" + TOKEN + ")/(?<subtype>" + TOKEN + ")\\s*(;.*)?");
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?(?<name>" + TOKEN + ")\"?");

    /** Empty when it is none. */
    public static Optional<ContentType> of(String value) {
        Matcher matcher = VALUE.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Matcher charset = CHARSET.matcher(value);
        return Optional.of(new ContentType(matcher.group("type").toLowerCase(Locale.ROOT),
            matcher.group("subtype").toLowerCase(Locale.ROOT), charset.find() ? Optional.of(charset.group("name")) : Optional.empty()));
    }

    /** The charset, if Java has it. */
    public Optional<String> knownCharset() {
        return charset.filter(name -> {
            try {
                return Charset.isSupported(name);
            } catch (IllegalCharsetNameException e) {
                return false;
            }
        });
    }
}
