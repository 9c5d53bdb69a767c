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
package io.jamesext.ximss.op.message;

import java.time.Clock;
import java.util.Date;
import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.AppendCommand;

import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.mail.ComposedMessage;
import io.jamesext.ximss.mail.CopySource;
import io.jamesext.ximss.mail.EmailComposer;
import io.jamesext.ximss.mail.MessageFlags;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Mono;

/**
 * How operations compose messages: from EMail elements, and what a session has open.
 *
 * @param composer which makes the octets
 * @param messages where copyMIME finds what it copies
 * @param clock the time of messages that have none
 * @param preferences the time zone of times that say none
 */
public record Composition(EmailComposer composer, StoredMessages messages, Clock clock, Preferences preferences) {
    /**
     * How a composed message is stored: the attributes flags and internalDate of messageAppend and messageSubmit.
     *
     * @param internalDate as the client writes it; empty for now
     */
    record Storing(MessageFlags.Update flags, Optional<String> internalDate) {
        static Storing parse(Element element) {
            return new Storing(MessageFlags.Update.parse(element.attribute("flags").orElse("")), element.attribute("internalDate"));
        }
    }

    /** The message of an EMail element; whoever gets it closes it. */
    Mono<ComposedMessage> compose(Element email, XimssSession session) {
        return compose(email, new FolderCopies(messages, session));
    }

    /** The same, with another source for copyMIME. */
    Mono<ComposedMessage> compose(Element email, CopySource copies) {
        return Blocking.call(() -> composer.compose(email, clock.instant(), copies));
    }

    /** What appends the message to a mailbox, with the flags that the user may set there. */
    Mono<AppendCommand> append(ComposedMessage message, Storing storing, PermanentFlags settable, MailboxSession session) {
        return preferences.zone(session.getUser()).flatMap(zone -> Blocking.call(() -> AppendCommand.builder()
            .withFlags(settable.of(storing.flags.set()))
            .withInternalDate(Date.from(storing.internalDate.map(date -> Times.parse(date, zone)).orElseGet(clock::instant)))
            .build(message.content())));
    }
}
