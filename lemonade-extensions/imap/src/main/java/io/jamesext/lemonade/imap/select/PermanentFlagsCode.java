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

package io.jamesext.lemonade.imap.select;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.mail.Flags;

import io.jamesext.kernel.mailbox.PermanentFlags;

/** The response code PERMANENTFLAGS: RFC 3501 section 7.1. */
final class PermanentFlagsCode {
    /** RFC 3501 section 9: atom. Other protocols may store keywords that IMAP has no way to write. */
    private static final Pattern ATOM = Pattern.compile("[!#$&'+,\\-./0-9:;<=>?@A-Z\\[^_`a-z|}~]+");

    private PermanentFlagsCode() {
    }

    /** With the mailbox's keywords, and "\*" for new ones. */
    static String of(PermanentFlags flags, Flags applicable) {
        List<String> names = new ArrayList<>();
        if (flags.others()) {
            names.addAll(List.of("\\Answered", "\\Flagged", "\\Draft"));
        }
        if (flags.deleted()) {
            names.add("\\Deleted");
        }
        if (flags.seen()) {
            names.add("\\Seen");
        }
        if (flags.others()) {
            Stream.of(applicable.getUserFlags()).filter(flag -> ATOM.matcher(flag).matches()).sorted().forEach(names::add);
            names.add("\\*");
        }
        return "PERMANENTFLAGS (" + String.join(" ", names) + ")";
    }
}
