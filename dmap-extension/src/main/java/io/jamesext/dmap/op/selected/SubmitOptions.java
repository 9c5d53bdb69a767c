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
package io.jamesext.dmap.op.selected;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.mailet.DsnParameters.EnvId;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.Ret;
import org.apache.mailet.DsnParameters.XText;
import org.jspecify.annotations.Nullable;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.submit.Delivery;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.submit.Hold;

/**
 * How messages are to be submitted. Draft section 7.6.7, CREF28 and 29; PROTOCOL.md section 9.5.
 *
 * @param moveTo where they go when they are sent
 * @param delivery how they are delivered
 */
public record SubmitOptions(Optional<String> moveTo, Delivery delivery) {
    private static final ImmutableList<String> ALWAYS = ImmutableList.of("SUBMIT=MOVETO", "SUBMIT=NOTIFY", "SUBMIT=RET", "SUBMIT=ENVID");
    private static final ImmutableList<String> HOLDING = ImmutableList.of("SUBMIT=HOLDFOR", "SUBMIT=HOLDUNTIL");
    /** RFC 3461 section 4.4: printable, and no longer than this in xtext. */
    private static final int MAX_ENVELOPE_ID = 100;
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    /** What the server announces. Draft section 7.6.7: others are BAD. */
    public static ImmutableList<String> capabilities(boolean canHold) {
        return canHold ? ImmutableList.<String>builder().addAll(ALWAYS).addAll(HOLDING).build() : ALWAYS;
    }

    /** Reads what is left of the command. */
    static SubmitOptions parse(DmapReader arguments, boolean canHold, Instant now) {
        Values values = new Values(canHold, now);
        if (arguments.accept(' ')) {
            arguments.expect('(');
            arguments.restOfList(() -> values.read(arguments));
        }
        return values.options();
    }

    /** Options as they are read. */
    private static final class Values {
        private final boolean canHold;
        private final Instant now;
        private final Set<String> given = new HashSet<>();
        private @Nullable String moveTo;
        private @Nullable Hold hold;
        private @Nullable EnumSet<Notify> reportOn;
        private @Nullable Ret ret;
        private @Nullable EnvId envelopeId;

        private Values(boolean canHold, Instant now) {
            this.canHold = canHold;
            this.now = now;
        }

        private String read(DmapReader arguments) {
            String name = arguments.expectWord("an option");
            if (!given.add(name)) {
                throw new ProtocolException(Failure.SYNTAX, "an option stands twice");
            }
            if (!capabilities(canHold).contains("SUBMIT=" + name)) {
                throw new ProtocolException(Failure.SYNTAX, "no such option");
            }
            arguments.expectSpace();
            switch (name) {
                case "MOVETO" -> moveTo = arguments.expectAstring("a mailbox name");
                case "HOLDFOR" -> hold = hold(Hold.seconds(arguments.expectAtom("a number of seconds")), "a number of seconds");
                case "HOLDUNTIL" -> hold = hold(Hold.until(arguments.expectAstring("a date"), now), "a date such as 2026-12-24T18:00:00Z");
                case "NOTIFY" -> reportOn = reportOn(arguments);
                case "RET" -> ret = Ret.parse(arguments.expectWord("FULL or HDRS")).orElseThrow(() -> expected("FULL or HDRS"));
                default -> envelopeId = envelopeId(arguments.expectAstring("an envelope identifier"));
            }
            return name;
        }

        private Hold hold(Optional<Hold> value, String what) {
            if (hold != null) {
                throw new ProtocolException(Failure.SYNTAX, "HOLDFOR and HOLDUNTIL exclude each other");
            }
            return value.orElseThrow(() -> expected(what));
        }

        /** RFC 3461 section 4.1: NEVER stands alone. */
        private static EnumSet<Notify> reportOn(DmapReader arguments) {
            arguments.expect('(');
            EnumSet<Notify> kinds = EnumSet.noneOf(Notify.class);
            arguments.restOfList(() -> kinds.add(Notify.parseValue(arguments.expectWord("a kind of report"))
                .orElseThrow(() -> expected("SUCCESS, FAILURE, DELAY or NEVER"))));
            if (kinds.contains(Notify.NEVER) && kinds.size() > 1) {
                throw new ProtocolException(Failure.SYNTAX, "NEVER excludes other kinds of reports");
            }
            return kinds;
        }

        private static EnvId envelopeId(String text) {
            String encoded = PRINTABLE.matcher(text).matches() ? XText.encode(text) : "";
            if (encoded.isEmpty() || encoded.length() > MAX_ENVELOPE_ID) {
                throw expected("an envelope identifier of printable ASCII, up to 100 characters as xtext");
            }
            return EnvId.of(encoded);
        }

        private static ProtocolException expected(String what) {
            return new ProtocolException(Failure.SYNTAX, "expected " + what);
        }

        private SubmitOptions options() {
            return new SubmitOptions(Optional.ofNullable(moveTo), new Delivery(Optional.ofNullable(hold), Optional.ofNullable(reportOn),
                Optional.ofNullable(ret), Optional.ofNullable(envelopeId)));
        }
    }
}
