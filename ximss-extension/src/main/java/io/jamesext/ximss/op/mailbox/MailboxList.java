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
package io.jamesext.ximss.op.mailbox;

import java.util.Optional;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.model.search.Wildcard;

import io.jamesext.groupware.MailboxClasses;
import io.jamesext.ximss.folder.MailboxNames;
import io.jamesext.ximss.folder.MailboxTotals;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.Mailbox;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists the mailboxes that the user may see, also other users'. XIMSS, "Mailbox Management", mailboxList.
 *
 * <pre>{@code <mailboxList id="" filter=""? mailboxClass=""? pureFolder="yes|no"? />}</pre>
 */
public final class MailboxList implements XimssOperation<MailboxList.Request> {
    /** Mailboxes looked at ahead of the client's reading: each is some questions to the store, one after the other. */
    private static final int AT_ONCE = 8;

    /**
     * The attributes.
     *
     * @param mailboxClass empty for all mailboxes, an empty text for those without a class
     * @param pureFolders true when mailboxes of other classes are wanted as mere folders
     */
    public record Request(String filter, Optional<String> mailboxClass, boolean pureFolders) {
        boolean wants(Optional<String> found) {
            return mailboxClass.map(wanted -> wanted.equals(found.orElse(""))).orElse(true);
        }
    }

    private final MailboxManager mailboxManager;
    private final Mailboxes mailboxes;
    private final MailboxClasses classes;
    private final MailboxTotals totals;

    /** On James's mailboxes. */
    public MailboxList(MailboxManager mailboxManager, Mailboxes mailboxes, MailboxClasses classes, MailboxTotals totals) {
        this.mailboxManager = mailboxManager;
        this.mailboxes = mailboxes;
        this.classes = classes;
        this.totals = totals;
    }

    @Override
    public String name() {
        return "mailboxList";
    }

    @Override
    public Request read(Element element) {
        return new Request(NamePattern.filter(element), element.attribute("mailboxClass"),
            element.attribute("pureFolder").equals(Optional.of("yes")));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        NamePattern pattern = new NamePattern(request.filter, mailboxSession.getPathDelimiter());
        MailboxQuery all = MailboxQuery.builder().expression(Wildcard.INSTANCE).build();
        return mailboxManager.search(all, mailboxSession)
            .filter(found -> pattern.matches(MailboxNames.name(found.getPath(), mailboxSession)))
            .flatMapSequential(found -> mailboxes.rights(found.getPath(), mailboxSession)
                .flatMap(rights -> describe(request, found, rights, mailboxSession)), AT_ONCE, 1);
    }

    private Mono<Mailbox> describe(Request request, MailboxMetaData found, Optional<String> rights, MailboxSession session) {
        String name = MailboxNames.name(found.getPath(), session);
        if (rights.isPresent() && !rights.get().contains("r")) {
            // RFC 4314 section 4: lookup alone shows the name, and nothing that is in the mailbox.
            return request.wants(Optional.empty())
                ? Mono.just(new Mailbox(name, Optional.empty(), Optional.empty(), rights)) : Mono.empty();
        }
        return classes.get(found.getPath(), session).map(Optional::of).defaultIfEmpty(Optional.empty()).flatMap(mailboxClass -> {
            if (request.wants(mailboxClass)) {
                return counts(found, session).map(counts -> new Mailbox(name, Optional.of(counts), mailboxClass, rights));
            }
            return request.pureFolders ? Mono.just(Mailbox.pureFolder(name, rights)) : Mono.empty();
        });
    }

    private Mono<Mailbox.Counts> counts(MailboxMetaData found, MailboxSession session) {
        return Mono.from(mailboxManager.getMailboxReactive(found.getId(), session))
            .flatMap(mailbox -> totals.counts(mailbox, session));
    }
}
