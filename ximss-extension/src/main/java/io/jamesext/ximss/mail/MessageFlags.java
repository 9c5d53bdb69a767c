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
package io.jamesext.ximss.mail;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import javax.mail.Flags;

import org.apache.james.mailbox.model.MailboxACL.Right;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Message flags under the names that XIMSS gives them. The text names Seen, Answered, Flagged, Deleted, Draft, Recent, Media and
 * MDNSent in examples and refers to CommuniGate's chapter on mailboxes for the rest; each stands for the IMAP flag or keyword beside
 * it, so that IMAP clients see the same. A negative name is the flag's name with Un before it, as Unseen.
 *
 * @param names the flags that are set, in the table's order, then other keywords as they are
 */
public record MessageFlags(ImmutableSet<String> names) {
    /** What one request may name. */
    private static final int MAX_NAMES = 32;
    private static final ImmutableList<Flags.Flag> STANDARD = ImmutableList.of(Flags.Flag.SEEN, Flags.Flag.ANSWERED, Flags.Flag.FLAGGED,
        Flags.Flag.DELETED, Flags.Flag.DRAFT, Flags.Flag.RECENT);
    private static final ImmutableList<MessageFlags> WITHOUT_KEYWORDS = withoutKeywords();

    /** One flag of the table. */
    private enum Known {
        SEEN("Seen", Flags.Flag.SEEN),
        ANSWERED("Answered", Flags.Flag.ANSWERED),
        FLAGGED("Flagged", Flags.Flag.FLAGGED),
        DELETED("Deleted", Flags.Flag.DELETED),
        DRAFT("Draft", Flags.Flag.DRAFT),
        RECENT("Recent", Flags.Flag.RECENT),
        REDIRECTED("Redirected", "$Forwarded"),
        MDN_SENT("MDNSent", "$MDNSent"),
        HIDDEN("Hidden", "$Hidden"),
        SERVICE("Service", "$Service"),
        MEDIA("Media", "$Media"),
        JUNK("Junk", "$Junk");

        private final String ximssName;
        private final Flags flags;

        Known(String ximssName, Flags.Flag flag) {
            this.ximssName = ximssName;
            this.flags = new Flags(flag);
        }

        Known(String ximssName, String keyword) {
            this.ximssName = ximssName;
            this.flags = new Flags(keyword);
        }

        private static Optional<Known> named(String name) {
            return Arrays.stream(values()).filter(known -> known.ximssName.equalsIgnoreCase(name)).findFirst();
        }
    }

    /**
     * Flags to set and to take away: the argument of messageMark and of the FLAGS filter.
     *
     * @param set what is set
     * @param cleared what is taken away
     */
    public record Update(Flags set, Flags cleared) {
        /**
         * Reads names and negative names, separated by commas.
         *
         * @throws ProtocolException when a name is unknown
         */
        public static Update parse(String list) {
            Update update = new Update(new Flags(), new Flags());
            Splitter.on(',').trimResults().omitEmptyStrings().limit(MAX_NAMES + 1).splitToStream(list).forEach(name -> {
                Optional<Known> positive = Known.named(name);
                Optional<Known> negative = name.toLowerCase(Locale.US).startsWith("un") ? Known.named(name.substring(2)) : Optional.empty();
                Known known = positive.or(() -> negative)
                    .orElseThrow(() -> new ProtocolException(Failure.NOT_SUPPORTED, "unknown message flag"));
                (positive.isPresent() ? update.set : update.cleared).add(known.flags);
            });
            return update;
        }

        /** True when nobody can change this: RFC 3501 section 2.3.2, Recent is the server's. */
        public boolean touchesRecent() {
            return set.contains(Flags.Flag.RECENT) || cleared.contains(Flags.Flag.RECENT);
        }

        /** RFC 4314 section 4: what a user must have a right to, to change these. */
        public Set<Right> rights() {
            Flags changed = new Flags(set);
            changed.add(cleared);
            Set<Right> rights = EnumSet.noneOf(Right.class);
            for (Flags.Flag flag : changed.getSystemFlags()) {
                rights.add(flag.equals(Flags.Flag.SEEN) ? Right.WriteSeenFlag
                    : flag.equals(Flags.Flag.DELETED) ? Right.DeleteMessages : Right.Write);
            }
            if (changed.getUserFlags().length > 0) {
                rights.add(Right.Write);
            }
            return rights;
        }

        /** True when a message has all of the set flags and none of the cleared ones. */
        public boolean matches(MessageFlags flags) {
            return of(set).names.stream().allMatch(flags.names::contains) && of(cleared).names.stream().noneMatch(flags.names::contains);
        }
    }

    /** A message's flags as James has them. Most messages have no keywords: what they can have is there once for all of them. */
    public static MessageFlags of(Flags flags) {
        int standard = 0;
        for (int i = 0; i < STANDARD.size(); i++) {
            standard |= flags.contains(STANDARD.get(i)) ? 1 << i : 0;
        }
        return flags.getUserFlags().length == 0 ? WITHOUT_KEYWORDS.get(standard) : read(flags);
    }

    /** Of each set of the standard flags: the bits of its place in the list say which. */
    private static ImmutableList<MessageFlags> withoutKeywords() {
        return IntStream.range(0, 1 << STANDARD.size()).mapToObj(bits -> {
            Flags flags = new Flags();
            IntStream.range(0, STANDARD.size()).filter(i -> (bits & 1 << i) != 0).forEach(i -> flags.add(STANDARD.get(i)));
            return read(flags);
        }).collect(ImmutableList.toImmutableList());
    }

    private static MessageFlags read(Flags flags) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> rest = new LinkedHashSet<>(Arrays.asList(flags.getUserFlags()));
        for (Known known : Known.values()) {
            if (flags.contains(known.flags)) {
                names.add(known.ximssName);
                Arrays.asList(known.flags.getUserFlags()).forEach(keyword -> rest.removeIf(keyword::equalsIgnoreCase));
            }
        }
        names.addAll(rest);
        return new MessageFlags(ImmutableSet.copyOf(names));
    }

    /** True unless somebody has read the message. */
    public boolean isUnseen() {
        return !names.contains(Known.SEEN.ximssName);
    }

    /** As a FLAGS field shows them. */
    public String asText() {
        return String.join(",", names);
    }
}
