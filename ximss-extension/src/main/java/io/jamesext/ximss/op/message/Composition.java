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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.AppendCommand;

import com.google.common.base.Ascii;

import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.kernel.mailbox.PermanentFlags;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.addressbook.Certificates;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.mail.ComposedMessage;
import io.jamesext.ximss.mail.CopySource;
import io.jamesext.ximss.mail.EmailComposer;
import io.jamesext.ximss.mail.MessageFlags;
import io.jamesext.ximss.mail.Protection;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.smime.CertificateText;
import io.jamesext.ximss.smime.Identity;
import io.jamesext.ximss.smime.SealingKeys;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Mono;

/**
 * How operations compose messages: from EMail elements, and what a session has open.
 *
 * @param composer which makes the octets
 * @param messages where copyMIME finds what it copies
 * @param files which MIME elements name
 * @param certificates where those of recipients are
 * @param clock the time of messages that have none
 * @param preferences the time zone of times that say none
 */
public record Composition(EmailComposer composer, StoredMessages messages, PersonalFiles files, Certificates certificates,
                          Clock clock, Preferences preferences) {
    /**
     * How a composed message is stored: the attributes flags and internalDate of messageAppend and messageSubmit.
     *
     * @param internalDate as the client writes it; empty for now
     */
    public record Storing(MessageFlags.Update flags, Optional<String> internalDate) {
        static Storing parse(Element element) {
            return new Storing(MessageFlags.Update.parse(element.attribute("flags").orElse("")), element.attribute("internalDate"));
        }
    }

    /** The message of an EMail element, for whom its own fields name, if it is encrypted; whoever gets it closes it. */
    Mono<ComposedMessage> compose(Element email, XimssSession session) {
        return compose(email, session, () -> Envelope.recipients(email));
    }

    /**
     * The same.
     *
     * @param readers the addresses that it is encrypted for, if it is
     */
    Mono<ComposedMessage> compose(Element email, XimssSession session, Supplier<List<MailAddress>> readers) {
        return Mono.defer(() -> keys(Protection.ofTopmost(email), session, readers))
            .flatMap(keys -> compose(email, new FolderCopies(messages, files, session), keys));
    }

    /** The message of an EMail element that is not protected, with another source for copyMIME. */
    Mono<ComposedMessage> compose(Element email, CopySource copies) {
        return compose(email, copies, SealingKeys.NONE);
    }

    /** With a Message-ID, where it has none: several messages with it are one to those who read them. */
    Element withId(Element email) {
        if (email.elements().anyMatch(element -> Ascii.equalsIgnoreCase(element.name(), "Message-ID"))) {
            return email;
        }
        Element id = Element.text("Message-ID", composer.newMessageId());
        return Element.of(email.name(), email.attributes(), Stream.concat(Stream.of(id), email.body().stream()).toList());
    }

    private Mono<ComposedMessage> compose(Element email, CopySource copies, SealingKeys keys) {
        return Blocking.call(() -> composer.compose(email, clock.instant(), copies, keys));
    }

    /** XIMSS, "Secure Messaging": "when the Account Private Key is unlocked". Who sends an encrypted message can read it, too. */
    private Mono<SealingKeys> keys(Protection protection, XimssSession session, Supplier<List<MailAddress>> readers) {
        if (!protection.signs() && !protection.encrypts()) {
            return Mono.just(SealingKeys.NONE);
        }
        Identity identity = session.key().require();
        if (!protection.encrypts()) {
            return Mono.just(new SealingKeys(Optional.of(identity), List.of()));
        }
        Set<String> addresses = readers.get().stream().map(address -> address.asString().toLowerCase(Locale.US))
            .filter(address -> !CertificateText.addresses(identity.certificate()).contains(address))
            .collect(Collectors.toCollection(LinkedHashSet::new));
        return certificates.find(protection.addressBook().orElseThrow(), addresses, session.mailboxSession())
            .map(found -> new SealingKeys(Optional.of(identity),
                Stream.concat(found.stream(), Stream.of(identity.certificate())).toList()));
    }

    /** What appends the message to a mailbox, with the flags that the user may set there. */
    Mono<AppendCommand> append(ComposedMessage message, Storing storing, PermanentFlags settable, MailboxSession session) {
        return preferences.zone(session.getUser()).flatMap(zone -> Blocking.call(() -> AppendCommand.builder()
            .withFlags(settable.of(storing.flags.set()))
            .withInternalDate(Date.from(storing.internalDate.map(date -> Times.parse(date, zone)).orElseGet(clock::instant)))
            .build(message.content())));
    }
}
