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
package io.jamesext.ximss.rule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javax.mail.internet.AddressException;

import org.apache.james.core.MailAddress;

import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.rule.Rule.Action;

/**
 * What James's Sieve mailet can do with a message, and the commands for it. It does one thing: it stores the message in one mailbox, or
 * sends it on, or rejects it, or drops it. (A second {@code fileinto} takes the place of the first, and after a {@code redirect} nothing is
 * stored.) CommuniGate does all actions of a rule and stores the message in the INBOX as well, unless it is discarded. So what would leave
 * a copy in the INBOX is refused.
 */
final class Actions {
    /** CommuniGate's modes of allowed rules, the most restrictive first. XIMSS, "Service Operations", mailRuleAllowed. */
    static final List<String> MODES = List.of("No", "Filter Only", "All But Exec");
    /** That of all users here. */
    static final String MODE = MODES.get(2);
    /** From the action to the mode that allows it. */
    static final ImmutableMap<String, String> NAMES = ImmutableMap.of("Store in", MODES.get(1), "Reject with", MODES.get(1),
        "Discard", MODES.get(1), "Stop Processing", MODES.get(1), "Mirror to", MODES.get(2));

    private static final String STORE = "store in";
    private static final String REJECT = "reject with";
    private static final String DISCARD = "discard";
    private static final String STOP = "stop processing";
    private static final String MIRROR = "mirror to";
    /** RFC 5228 section 3.3: nothing behind it is done. */
    private static final String END = " stop;";

    private Actions() {
    }

    /**
     * The Sieve commands for the actions of a rule.
     *
     * @throws ProtocolException with {@link Failure#NOT_SUPPORTED} when the mailet does not do all of them
     */
    static String commands(List<Action> actions) {
        List<String> codes = actions.stream().map(Actions::code).toList();
        String text = actions.get(0).text();
        return switch (String.join(",", withoutIdleStop(codes))) {
            case STORE + "," + DISCARD -> "fileinto " + SieveText.quoted(mailbox(text)) + ";" + END;
            case MIRROR + "," + DISCARD -> "redirect " + SieveText.quoted(address(text).asString()) + ";" + END;
            case REJECT, REJECT + "," + DISCARD -> reject(text);
            case DISCARD -> "discard;" + END;
            // RFC 5228 section 2.10.2: what no rule has taken is kept, in the INBOX.
            case STOP -> END.strip();
            case STORE, STORE + "," + STOP, MIRROR, MIRROR + "," + STOP -> throw new ProtocolException(Failure.NOT_SUPPORTED,
                actions.get(0).opCode() + " without Discard is not supported: James cannot keep a copy in the INBOX as well");
            default -> throw new ProtocolException(Failure.NOT_SUPPORTED,
                "these actions together are not supported: James does one thing with a message");
        };
    }

    /** The mailbox that messages are stored in. */
    static Optional<String> target(Rule rule) {
        return rule.actions().stream().filter(action -> code(action).equals(STORE)).findFirst().map(action -> mailbox(action.text()));
    }

    /** The address that messages are sent on to. */
    static Optional<MailAddress> recipient(Rule rule) {
        return rule.actions().stream().filter(action -> code(action).equals(MIRROR)).findFirst().map(action -> address(action.text()));
    }

    /** The rules end with Discard and Reject with. */
    private static List<String> withoutIdleStop(List<String> codes) {
        int last = codes.size() - 1;
        boolean isIdle = last > 0 && codes.get(last).equals(STOP) && List.of(DISCARD, REJECT).contains(codes.get(last - 1));
        return isIdle ? codes.subList(0, last) : codes;
    }

    private static String code(Action action) {
        String code = action.opCode().toLowerCase(Locale.ROOT);
        return switch (code) {
            case STORE, REJECT, MIRROR -> code;
            case DISCARD, STOP -> {
                if (!action.text().isBlank()) {
                    throw new ProtocolException(Failure.SYNTAX, "the action " + action.opCode() + " has no text");
                }
                yield code;
            }
            default -> throw new ProtocolException(Failure.NOT_SUPPORTED, "the action " + action.opCode() + " is not supported");
        };
    }

    /**
     * RFC 3834 section 2: nothing is sent in answer to a message from nobody, or two that reject each other's reports would never end.
     * James does not look at that. And it cannot report on a message without Message-ID, which is kept instead (RFC 5228 section 2.10.6).
     */
    private static String reject(String text) {
        return "if envelope :is \"from\" \"\" { discard; } elsif exists \"Message-ID\" { reject "
            + SieveText.quoted(text.replaceAll("\\r?\\n|\\r", "\r\n")) + "; }" + END;
    }

    private static String mailbox(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            throw new ProtocolException(Failure.SYNTAX, "the action Store in has the name of a mailbox");
        }
        // RFC 3501 section 5.1: in either case.
        return name.equalsIgnoreCase("INBOX") ? "INBOX" : name;
    }

    private static MailAddress address(String text) {
        if (text.contains(",")) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "Mirror to more than one address is not supported");
        }
        try {
            return new MailAddress(text.strip());
        } catch (AddressException e) {
            throw new ProtocolException(Failure.SYNTAX, "the action Mirror to has a mail address");
        }
    }
}
