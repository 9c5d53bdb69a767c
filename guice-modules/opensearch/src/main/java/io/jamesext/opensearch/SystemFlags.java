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
package io.jamesext.opensearch;

import java.util.List;
import java.util.Map;

import javax.mail.Flags;
import javax.mail.Flags.Flag;

/** The names under which the index knows the system flags of RFC 3501 section 2.3.2. */
final class SystemFlags {
    private static final Map<String, Flag> BY_NAME = Map.of("answered", Flag.ANSWERED, "deleted", Flag.DELETED, "draft", Flag.DRAFT,
        "flagged", Flag.FLAGGED, "recent", Flag.RECENT, "seen", Flag.SEEN);

    private SystemFlags() {
    }

    static List<String> names(Flags flags) {
        return BY_NAME.entrySet().stream().filter(entry -> flags.contains(entry.getValue())).map(Map.Entry::getKey).sorted().toList();
    }

    static String name(Flag flag) {
        return BY_NAME.entrySet().stream().filter(entry -> entry.getValue().equals(flag)).map(Map.Entry::getKey).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("Not a system flag that can be searched"));
    }

    static Flags flags(List<String> names, List<String> userFlags) {
        Flags flags = new Flags();
        names.stream().filter(BY_NAME::containsKey).forEach(name -> flags.add(BY_NAME.get(name)));
        userFlags.forEach(flags::add);
        return flags;
    }
}
