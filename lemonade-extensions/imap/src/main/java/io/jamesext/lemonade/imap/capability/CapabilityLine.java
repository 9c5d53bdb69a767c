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


package io.jamesext.lemonade.imap.capability;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.Capability;

/** RFC 3501 section 7.2.1: {@code capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev1" *(SP capability)}. */
public final class CapabilityLine {
    private static final String RIGHTS = "RIGHTS=";

    private CapabilityLine() {
    }

    /** The names, each once, behind IMAP4rev1: old clients look for it first, and spelled so, where James has capitals. */
    public static String of(Collection<Capability> capabilities) {
        StringBuilder line = new StringBuilder("CAPABILITY ").append(ImapConstants.VERSION);
        TreeSet<String> names = new TreeSet<>();
        capabilities.forEach(capability -> names.add(spelled(capability.asString())));
        for (String name : names) {
            if (!name.equalsIgnoreCase(ImapConstants.VERSION)) {
                line.append(' ').append(name);
            }
        }
        return line.toString();
    }

    /** RFC 4314 section 7: {@code new-rights = 1*LOWER-ALPHA}; James has capitals. */
    private static String spelled(String name) {
        return name.startsWith(RIGHTS) ? RIGHTS + name.substring(RIGHTS.length()).toLowerCase(Locale.ROOT) : name;
    }
}
