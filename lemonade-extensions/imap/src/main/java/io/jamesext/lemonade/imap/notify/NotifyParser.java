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
package io.jamesext.lemonade.imap.notify;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

import io.jamesext.lemonade.imap.fetch.FetchItem;
import io.jamesext.lemonade.imap.fetch.FetchParser;
import io.jamesext.lemonade.imap.folder.Arguments;

/**
 * Parses NOTIFY. RFC 5465 section 8:
 *
 * <pre>
 * notify           = "NOTIFY" SP ("SET" [SP "STATUS"] SP event-group *(SP event-group) / "NONE")
 * event-group      = "(" filter-mailboxes SP events ")"
 * filter-mailboxes = "selected" / "selected-delayed" / "inboxes" / "personal" / "subscribed" /
 *                    ("subtree" / "mailboxes") SP (mailbox / "(" mailbox *(SP mailbox) ")")
 * events           = "(" event *(SP event) ")" / "NONE"
 * event            = "MessageNew" [SP "(" fetch-att *(SP fetch-att) ")"] / atom
 * </pre>
 */
public final class NotifyParser extends AbstractImapCommandParser {
    private static final String NONE = "NONE";

    /** With James's texts. */
    public NotifyParser(StatusResponseFactory responses) {
        super(NotifyRequest.NOTIFY, responses);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        NotifyRequest parsed = new Reading(request, new Arguments(request, session)).request(tag);
        request.eol();
        return parsed;
    }

    /** One command while it is read. */
    private static final class Reading {
        private final ImapRequestLineReader line;
        private final Arguments arguments;
        private boolean unknownEvent;
        private boolean selected;

        Reading(ImapRequestLineReader line, Arguments arguments) {
            this.line = line;
            this.arguments = arguments;
        }

        NotifyRequest request(Tag tag) throws DecodingException {
            arguments.space();
            String form = arguments.atom().toUpperCase(Locale.ROOT);
            if (form.equals(NONE)) {
                return new NotifyRequest(tag, NotifyRequest.Form.NONE, new EventGroups(List.of()));
            }
            if (!form.equals("SET")) {
                throw Arguments.syntax("Expected SET or NONE");
            }
            arguments.space();
            boolean status = !arguments.at('(');
            if (status) {
                if (!arguments.atom().equalsIgnoreCase("STATUS")) {
                    throw Arguments.syntax("Expected STATUS");
                }
                arguments.space();
            }
            List<EventGroup> groups = new ArrayList<>();
            do {
                groups.add(group());
            } while (arguments.skip(' '));
            NotifyRequest.Form set = status ? NotifyRequest.Form.SET_STATUS : NotifyRequest.Form.SET;
            return new NotifyRequest(tag, unknownEvent ? NotifyRequest.Form.UNKNOWN_EVENT : set, new EventGroups(groups));
        }

        private EventGroup group() throws DecodingException {
            arguments.expect('(');
            MailboxFilter filter = MailboxFilter.of(arguments.atom()).orElseThrow(() -> Arguments.syntax("Unknown mailbox filter"));
            if (filter.ofSelected() && selected) {
                // Section 6.1: only one of the two, once.
                throw Arguments.syntax("The selected mailbox is given twice");
            }
            selected |= filter.ofSelected();
            List<String> names = filter.hasNames() ? names() : List.of();
            arguments.space();
            List<FetchItem> attributes = new ArrayList<>();
            Set<NotifyEvent> events = events(filter, attributes);
            arguments.expect(')');
            return new EventGroup(filter, names, events, attributes);
        }

        private List<String> names() throws DecodingException {
            arguments.space();
            if (!arguments.skip('(')) {
                return List.of(arguments.mailbox());
            }
            List<String> names = new ArrayList<>();
            do {
                names.add(arguments.mailbox());
            } while (arguments.skip(' '));
            arguments.expect(')');
            return names;
        }

        private Set<NotifyEvent> events(MailboxFilter filter, List<FetchItem> attributes) throws DecodingException {
            Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
            if (!arguments.skip('(')) {
                if (!arguments.atom().equalsIgnoreCase(NONE)) {
                    throw Arguments.syntax("Expected events or NONE");
                }
                return events;
            }
            Optional<NotifyEvent> event;
            do {
                event = NotifyEvent.of(arguments.atom());
                unknownEvent |= event.isEmpty();
                event.ifPresent(events::add);
            } while (arguments.skip(' ') && !attributesFollow(filter, event, attributes));
            arguments.expect(')');
            if (!EventGroup.allowed(events)) {
                // Section 5.
                throw Arguments.syntax("MessageNew and MessageExpunge need each other, and other events of messages need both");
            }
            if (filter.ofSelected() && !events.stream().allMatch(NotifyEvent::ofMessages)) {
                // Section 6.1.
                throw Arguments.syntax("Only events of messages are told of the selected mailbox");
            }
            return events;
        }

        /** Reads the attributes behind MessageNew and the space behind them; true when the events end with them. */
        private boolean attributesFollow(MailboxFilter filter, Optional<NotifyEvent> event, List<FetchItem> attributes)
            throws DecodingException {
            if (!arguments.at('(')) {
                return false;
            }
            if (!filter.ofSelected() || event.filter(NotifyEvent.MESSAGE_NEW::equals).isEmpty() || !attributes.isEmpty()) {
                throw Arguments.syntax("Attributes of what is no new message in the selected mailbox");
            }
            attributes.addAll(FetchParser.list(line));
            return !arguments.skip(' ');
        }
    }
}
