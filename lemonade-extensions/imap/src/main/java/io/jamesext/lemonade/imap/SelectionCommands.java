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

package io.jamesext.lemonade.imap;

import java.util.List;

import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.lemonade.imap.copy.CopyProcessor;
import io.jamesext.lemonade.imap.copy.MoveProcessor;
import io.jamesext.lemonade.imap.expunge.CloseProcessor;
import io.jamesext.lemonade.imap.expunge.ExpungeProcessor;
import io.jamesext.lemonade.imap.select.NoopProcessor;
import io.jamesext.lemonade.imap.select.SelectCommandParser;
import io.jamesext.lemonade.imap.select.SelectProcessor;
import io.jamesext.lemonade.imap.select.UnselectProcessor;
import io.jamesext.lemonade.imap.status.UntaggedStatus;
import io.jamesext.lemonade.imap.store.StoreProcessor;

/** The commands that open a mailbox, change what is in it, and close it. */
record SelectionCommands(ImapServices services, StatusResponseFactory responses) implements Commands {
    /** RFC 4467 section 8: told with every mailbox that is opened, since each can have keys. */
    private static final UntaggedStatus URLMECH = UntaggedStatus.ok("URLMECH INTERNAL", "URLs can be authorised.");

    @Override
    public List<AbstractImapCommandParser> parsers() {
        return List.of(
            SelectCommandParser.select(responses),
            SelectCommandParser.examine(responses));
    }

    @Override
    public List<AbstractProcessor<?>> processors() {
        MailboxManager mailboxes = services.mailboxManager();
        MetricFactory metrics = services.metricFactory();
        ExpungeLog log = services.expungeLog();
        return List.of(
            new SelectProcessor(mailboxes, responses, metrics,
                new SelectProcessor.Services(services.registrations(), log, services.openFolders()), session -> List.of(URLMECH)),
            new UnselectProcessor(mailboxes, responses, metrics),
            NoopProcessor.noop(mailboxes, responses, metrics),
            NoopProcessor.check(mailboxes, responses, metrics),
            new CloseProcessor(mailboxes, responses, metrics, log),
            new ExpungeProcessor(mailboxes, responses, metrics, log),
            new StoreProcessor(mailboxes, responses, metrics, services.flagUpdates()),
            new CopyProcessor(mailboxes, responses, metrics, services.flagUpdates()),
            new MoveProcessor(mailboxes, responses, metrics, log, services.flagUpdates()));
    }

    @Override
    public List<ImapResponseEncoder<?>> encoders() {
        return List.of();
    }
}
