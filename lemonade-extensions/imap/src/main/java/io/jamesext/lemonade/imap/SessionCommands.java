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
import org.apache.james.imap.processor.LogoutProcessor;
import org.apache.james.imap.processor.StartTLSProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.imap.processor.base.ImapResponseMessageProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;

import io.jamesext.lemonade.imap.authenticate.AuthenticateProcessor;
import io.jamesext.lemonade.imap.authenticate.ChallengeEncoder;
import io.jamesext.lemonade.imap.authenticate.Entrance;
import io.jamesext.lemonade.imap.authenticate.LoginProcessor;
import io.jamesext.lemonade.imap.authenticate.Passwords;
import io.jamesext.lemonade.imap.capability.CapabilityEncoder;
import io.jamesext.lemonade.imap.compress.CompressProcessor;
import io.jamesext.lemonade.imap.id.IdCommandParser;
import io.jamesext.lemonade.imap.id.IdEncoder;
import io.jamesext.lemonade.imap.id.IdProcessor;
import io.jamesext.lemonade.imap.idle.IdleProcessor;
import io.jamesext.lemonade.imap.notify.Announcer;
import io.jamesext.lemonade.imap.status.StatusLineEncoder;
import io.jamesext.lemonade.imap.status.StatusLineProcessor;
import io.jamesext.lemonade.imap.status.UntaggedStatusEncoder;
import io.jamesext.lemonade.imap.unauthenticate.UnauthenticateCommandParser;
import io.jamesext.lemonade.imap.unauthenticate.UnauthenticateProcessor;

/** The commands on the connection and its user, and the status responses of all commands. */
record SessionCommands(ImapServices services, StatusResponseFactory responses) implements Commands {
    @Override
    public List<AbstractImapCommandParser> parsers() {
        return List.of(
            new IdCommandParser(responses),
            new UnauthenticateCommandParser(responses));
    }

    @Override
    public List<AbstractProcessor<?>> processors() {
        MailboxManager mailboxes = services.mailboxManager();
        MetricFactory metrics = services.metricFactory();
        Entrance entrance = new Entrance(mailboxes, responses);
        return List.of(
            new ImapResponseMessageProcessor(),
            new StatusLineProcessor(),
            new IdProcessor(mailboxes, responses, metrics),
            new StartTLSProcessor(responses),
            new LoginProcessor(mailboxes, responses, metrics, entrance, services.authentication().logIn(Passwords.settings())),
            new AuthenticateProcessor(mailboxes, responses, metrics, entrance, services.authentication().sasl(Passwords.settings())),
            new UnauthenticateProcessor(mailboxes, responses, metrics),
            new CompressProcessor(responses),
            new IdleProcessor(mailboxes, responses, metrics, new Announcer(mailboxes, services.subscriptionManager())),
            new LogoutProcessor(mailboxes, responses, metrics));
    }

    @Override
    public List<ImapResponseEncoder<?>> encoders() {
        return List.of(
            new StatusLineEncoder(),
            new UntaggedStatusEncoder(),
            new CapabilityEncoder(),
            new ChallengeEncoder(),
            new IdEncoder());
    }
}
