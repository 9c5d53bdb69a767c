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


package io.jamesext.lemonade.smtp.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;

/** The parameters of MAIL and RCPT, behind the address: RFC 5321 section 4.1.2, {@code esmtp-keyword ["=" esmtp-value]}. */
public final class Parameters {
    private static final CharMatcher PRINTABLE = CharMatcher.inRange(' ', '~');

    private Parameters() {
    }

    /** What a hook says to a parameter that it refuses; the text begins with the code of RFC 2034. */
    public static HookResult denied(String code, String text) {
        return HookResult.builder().hookReturnCode(HookReturnCode.deny()).smtpReturnCode(code).smtpDescription(text).build();
    }

    /**
     * The reply to a command with octets that are in no address and no parameter, which James would keep; with a parameter that is there
     * twice, which RFC 3461 section 4 forbids and James cannot bear; or with one that nobody supports, which RFC 5321 section 4.1.1.11
     * wants to be refused and James ignores.
     */
    static Optional<Response> refusal(String argument, Predicate<String> supported) {
        if (!PRINTABLE.matchesAllOf(argument)) {
            return Optional.of(new SMTPResponse("501", "5.5.4 Only printable US-ASCII characters go there"));
        }
        Set<String> seen = new HashSet<>();
        for (String parameter : of(argument)) {
            String keyword = parameter.replaceFirst("=.*", "").toUpperCase(Locale.ROOT);
            if (!seen.add(keyword)) {
                return Optional.of(new SMTPResponse("501", "5.5.4 A parameter is there twice"));
            }
            if (!supported.test(keyword)) {
                return Optional.of(new SMTPResponse("555", "5.5.4 A parameter is not supported"));
            }
        }
        return Optional.empty();
    }

    /** Those behind the path. */
    static List<String> of(String argument) {
        return Splitter.on(' ').omitEmptyStrings().splitToList(argument.substring(pathEnd(argument)));
    }

    /** What is before them. */
    static String path(String argument) {
        return argument.substring(0, pathEnd(argument));
    }

    /** RFC 5321 section 4.1.2: in a quoted local part anything may stand, and in a value "&gt;" may. */
    private static int pathEnd(String argument) {
        boolean quoted = false;
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i + 1;
            }
        }
        return argument.length();
    }
}
