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
package io.jamesext.dmap.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.mail.Flags;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.wire.Tokens;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Flags on the wire and in James. Draft section 3.3.2. James has five of the eight system flags; the other three are keywords
 * there, under the names that IMAP clients know. \Recent is not a DMAP flag and never shown.
 */
public final class DmapFlags {
    /** The keyword by which a change of META raises a message's mod-sequence. It is nobody's, and never shown. */
    public static final String META_MARK = "$dmap-meta";

    private static final ImmutableBiMap<String, Flags.Flag> SYSTEM = ImmutableBiMap.of(
        "\\Answered", Flags.Flag.ANSWERED,
        "\\Deleted", Flags.Flag.DELETED,
        "\\Draft", Flags.Flag.DRAFT,
        "\\Flagged", Flags.Flag.FLAGGED,
        "\\Seen", Flags.Flag.SEEN);

    private static final ImmutableBiMap<String, String> KEYWORDS = ImmutableBiMap.of(
        "\\Forwarded", "$Forwarded",
        "\\Submitted", "$Submitted",
        "\\SubmitPending", "$SubmitPending");

    /** Those that the server works with in every mode. CREF4: the others tell what a message is to its reader. */
    private static final ImmutableSet<String> ALWAYS = ImmutableSet.of("\\Deleted", "\\Draft", "\\Seen", "\\Submitted", "\\SubmitPending");

    private DmapFlags() {
    }

    /** The eight system flags. */
    public static ImmutableList<String> system() {
        return ImmutableList.<String>builder().addAll(SYSTEM.keySet()).addAll(KEYWORDS.keySet()).build();
    }

    /** Those that an account of this mode can set: the system flags and every keyword of these, or in PARANOID five system flags. */
    public static ImmutableList<String> applicable(Flags known, Mode mode) {
        if (mode == Mode.PARANOID) {
            return ALWAYS.asList();
        }
        return ImmutableList.<String>builder()
            .addAll(system())
            .addAll(format(known).stream().filter(flag -> !flag.startsWith("\\")).toList())
            .build();
    }

    /**
     * Refuses to set flags that an account of this mode keeps to itself. PROTOCOL.md section 7.2.
     *
     * @throws ProtocolException NOT_SUPPORTED
     */
    public static void check(Flags set, Mode mode) {
        if (mode == Mode.PARANOID && !ALWAYS.containsAll(format(set))) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "in PARANOID mode the server keeps no such flag; put it into META");
        }
    }

    /** Whether an account of this mode can make keywords of its own. */
    public static boolean takesKeywords(Mode mode) {
        return mode != Mode.PARANOID;
    }

    /**
     * From the wire.
     *
     * @throws ProtocolException for a name with a backslash that the draft does not have
     */
    public static Flags parse(List<String> names) {
        Flags flags = new Flags();
        names.forEach(name -> add(flags, name));
        return flags;
    }

    /** To the wire. */
    public static ImmutableList<String> format(Flags flags) {
        List<String> names = new ArrayList<>();
        SYSTEM.forEach((name, flag) -> {
            if (flags.contains(flag)) {
                names.add(name);
            }
        });
        // A keyword that is no atom cannot be told: a space or a line's end in it would be the client's next token.
        Arrays.stream(flags.getUserFlags()).filter(Tokens::isAtom).filter(keyword -> !keyword.equalsIgnoreCase(META_MARK))
            .map(DmapFlags::systemName).sorted().forEach(names::add);
        return ImmutableList.copyOf(names);
    }

    private static void add(Flags flags, String name) {
        if (name.equalsIgnoreCase(META_MARK)) {
            throw new ProtocolException(Failure.SYNTAX, "the keyword is the server's own");
        }
        if (!name.startsWith("\\")) {
            flags.add(name);
            return;
        }
        // Draft section 10 (1): case makes no difference.
        SYSTEM.forEach((system, flag) -> {
            if (system.equalsIgnoreCase(name)) {
                flags.add(flag);
            }
        });
        KEYWORDS.forEach((system, keyword) -> {
            if (system.equalsIgnoreCase(name)) {
                flags.add(keyword);
            }
        });
        if (system().stream().noneMatch(name::equalsIgnoreCase)) {
            throw new ProtocolException(Failure.SYNTAX, "no such system flag");
        }
    }

    private static String systemName(String keyword) {
        return KEYWORDS.inverse().entrySet().stream()
            .filter(entry -> entry.getKey().toLowerCase(Locale.US).equals(keyword.toLowerCase(Locale.US)))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(keyword);
    }
}
