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

import java.util.ArrayList;
import java.util.List;

import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.processor.AuthenticateProcessor;
import org.apache.james.imap.processor.CompressProcessor;
import org.apache.james.imap.processor.CreateProcessor;
import org.apache.james.imap.processor.DeleteACLProcessor;
import org.apache.james.imap.processor.DeleteProcessor;
import org.apache.james.imap.processor.GetACLProcessor;
import org.apache.james.imap.processor.GetMetadataProcessor;
import org.apache.james.imap.processor.GetQuotaProcessor;
import org.apache.james.imap.processor.GetQuotaRootProcessor;
import org.apache.james.imap.processor.IdProcessor;
import org.apache.james.imap.processor.LSubProcessor;
import org.apache.james.imap.processor.ListProcessor;
import org.apache.james.imap.processor.ListRightsProcessor;
import org.apache.james.imap.processor.LoginProcessor;
import org.apache.james.imap.processor.LogoutProcessor;
import org.apache.james.imap.processor.MyRightsProcessor;
import org.apache.james.imap.processor.NamespaceProcessor;
import org.apache.james.imap.processor.RenameProcessor;
import org.apache.james.imap.processor.SetACLProcessor;
import org.apache.james.imap.processor.SetMetadataProcessor;
import org.apache.james.imap.processor.SetQuotaProcessor;
import org.apache.james.imap.processor.StartTLSProcessor;
import org.apache.james.imap.processor.StatusProcessor;
import org.apache.james.imap.processor.SubscribeProcessor;
import org.apache.james.imap.processor.UnsubscribeProcessor;
import org.apache.james.imap.processor.XListProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.imap.processor.base.ImapResponseMessageProcessor;
import org.apache.james.imap.processor.fetch.FetchProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.metrics.api.MetricFactory;

import io.jamesext.lemonade.imap.idle.TellingIdleProcessor;
import io.jamesext.lemonade.imap.pace.PacedMailboxes;

/**
 * James's processors of the commands that are not ours, made anew for a listener; the list is that of James's {@code
 * ImapPackage.DEFAULT}.
 */
final class StockProcessors {
    private StockProcessors() {
    }

    static List<AbstractProcessor<?>> create(ImapServices services, StatusResponseFactory responses) {
        List<AbstractProcessor<?>> processors = new ArrayList<>();
        processors.addAll(connection(services.mailboxManager(), responses, services.metricFactory()));
        processors.addAll(mailboxes(services, responses));
        processors.addAll(messages(services, responses));
        processors.addAll(rightsAndQuotas(services, responses));
        return processors;
    }

    private static List<AbstractProcessor<?>> connection(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        return List.of(
            new ImapResponseMessageProcessor(),
            new AuthenticateProcessor(mailboxes, responses, metrics),
            new LoginProcessor(mailboxes, responses, metrics),
            new LogoutProcessor(mailboxes, responses, metrics),
            new StartTLSProcessor(responses),
            new CompressProcessor(responses),
            new IdProcessor(mailboxes, responses, metrics),
            new TellingIdleProcessor(mailboxes, responses, metrics),
            new NamespaceProcessor(mailboxes, responses, metrics));
    }

    private static List<AbstractProcessor<?>> mailboxes(ImapServices services, StatusResponseFactory responses) {
        MailboxManager mailboxes = services.mailboxManager();
        SubscriptionManager subscriptions = services.subscriptionManager();
        MetricFactory metrics = services.metricFactory();
        StatusProcessor status = new StatusProcessor(mailboxes, responses, metrics);
        return List.of(
            status,
            new CreateProcessor(mailboxes, responses, metrics),
            new DeleteProcessor(mailboxes, responses, metrics),
            new RenameProcessor(mailboxes, responses, metrics),
            new SubscribeProcessor(mailboxes, subscriptions, responses, metrics),
            new UnsubscribeProcessor(mailboxes, subscriptions, responses, metrics),
            new ListProcessor<>(mailboxes, responses, metrics, subscriptions, status, services.mailboxTyper()),
            new LSubProcessor(mailboxes, subscriptions, responses, metrics),
            new XListProcessor(mailboxes, responses, services.mailboxTyper(), metrics, subscriptions),
            new SetMetadataProcessor(mailboxes, responses, metrics),
            new GetMetadataProcessor(mailboxes, responses, metrics));
    }

    private static List<AbstractProcessor<?>> messages(ImapServices services, StatusResponseFactory responses) {
        MailboxManager mailboxes = services.mailboxManager();
        MetricFactory metrics = services.metricFactory();
        return List.of(
            services.searchProcessor(),
            new FetchProcessor(PacedMailboxes.of(mailboxes), responses, metrics));
    }

    private static List<AbstractProcessor<?>> rightsAndQuotas(ImapServices services, StatusResponseFactory responses) {
        MailboxManager mailboxes = services.mailboxManager();
        MetricFactory metrics = services.metricFactory();
        return List.of(
            new GetACLProcessor(mailboxes, responses, metrics),
            new SetACLProcessor(mailboxes, responses, metrics),
            new DeleteACLProcessor(mailboxes, responses, metrics),
            new ListRightsProcessor(mailboxes, responses, metrics),
            new MyRightsProcessor(mailboxes, responses, metrics),
            new GetQuotaProcessor(mailboxes, responses, services.quotaManager(), services.quotaRootResolver(), metrics),
            new SetQuotaProcessor(mailboxes, responses, metrics),
            new GetQuotaRootProcessor(mailboxes, responses, services.quotaRootResolver(), services.quotaManager(), metrics));
    }
}
