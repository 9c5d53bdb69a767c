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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapCommandParser;
import org.apache.james.imap.decode.ImapCommandParserFactory;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.decode.main.DefaultImapDecoder;
import org.apache.james.imap.decode.parser.ImapParserFactory;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.apache.james.imap.encode.main.DefaultImapEncoderFactory;
import org.apache.james.imap.encode.main.DefaultLocalizer;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.AppendProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.CapabilityProcessor;
import org.apache.james.imap.processor.DefaultProcessor;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.imap.processor.base.UnknownRequestProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;

import io.jamesext.lemonade.imap.catenate.CatenateCommandParser;
import io.jamesext.lemonade.imap.catenate.CatenateProcessor;
import io.jamesext.lemonade.imap.catenate.Catenation;
import io.jamesext.lemonade.imap.copy.CopyProcessor;
import io.jamesext.lemonade.imap.copy.MoveProcessor;
import io.jamesext.lemonade.imap.enable.ListenerEnableProcessor;
import io.jamesext.lemonade.imap.expunge.CloseProcessor;
import io.jamesext.lemonade.imap.expunge.ExpungeLog;
import io.jamesext.lemonade.imap.expunge.ExpungeProcessor;
import io.jamesext.lemonade.imap.frame.CommandProcessor;
import io.jamesext.lemonade.imap.select.NoopProcessor;
import io.jamesext.lemonade.imap.select.SelectCommandParser;
import io.jamesext.lemonade.imap.select.SelectProcessor;
import io.jamesext.lemonade.imap.select.UnselectProcessor;
import io.jamesext.lemonade.imap.status.StatusLineEncoder;
import io.jamesext.lemonade.imap.status.UntaggedStatusEncoder;
import io.jamesext.lemonade.imap.store.StoreProcessor;
import io.jamesext.urlauth.UrlContents;

/**
 * The commands of one listener: James's, and the table of ours. A line in {@link #parsers}, {@link #processors} and {@link #encoders}
 * makes an extension;
 * a parser of ours replaces James's parser of the same command.
 */
final class LemonadeImapPackage {
    private final ImapServices services;
    private final StatusResponseFactory responses = new UnpooledStatusResponseFactory();

    LemonadeImapPackage(ImapServices services) {
        this.services = services;
    }

    private List<AbstractImapCommandParser> parsers() {
        return List.of(
            new CatenateCommandParser(responses, services.clock()),
            SelectCommandParser.select(responses),
            SelectCommandParser.examine(responses));
    }

    private List<AbstractProcessor<?>> processors(AppendProcessor append) {
        return List.of(
            new CatenateProcessor(services.mailboxManager(), responses, services.metricFactory(), append,
                new Catenation(new UrlContents(services.mailboxManager()))));
    }

    private List<AbstractProcessor<?>> synchronizing() {
        MailboxManager mailboxes = services.mailboxManager();
        MetricFactory metrics = services.metricFactory();
        ExpungeLog log = services.expungeLog();
        return List.of(
            new SelectProcessor(mailboxes, responses, metrics, new SelectProcessor.Services(services.eventBus(), log),
                session -> List.of()),
            new UnselectProcessor(mailboxes, responses, metrics),
            NoopProcessor.noop(mailboxes, responses, metrics),
            NoopProcessor.check(mailboxes, responses, metrics),
            new CloseProcessor(mailboxes, responses, metrics, log),
            new ExpungeProcessor(mailboxes, responses, metrics, log),
            new StoreProcessor(mailboxes, responses, metrics, services.flagUpdates()),
            new CopyProcessor(mailboxes, responses, metrics),
            new MoveProcessor(mailboxes, responses, metrics, log));
    }

    private List<ImapResponseEncoder<?>> encoders() {
        return List.of(
            new StatusLineEncoder(),
            new UntaggedStatusEncoder());
    }

    ImapDecoder decoder() {
        ImapCommandParserFactory stock = new ImapParserFactory(responses);
        Map<String, ImapCommandParser> ours = new HashMap<>();
        parsers().forEach(parser -> ours.put(parser.getCommand().getName(), parser));
        ImapCommandParserFactory own = new ImapParserFactory(ours);
        return new DefaultImapDecoder(responses, name -> {
            ImapCommandParser parser = own.getParser(name);
            return parser == null ? stock.getParser(name) : parser;
        });
    }

    ImapEncoder encoder() {
        return new LemonadeEncoder(encoders(), DefaultImapEncoderFactory.createDefaultEncoder(new DefaultLocalizer(), false));
    }

    CommandProcessor processor() {
        CapabilityProcessor capabilities = new CapabilityProcessor(services.mailboxManager(), responses, services.metricFactory());
        EnableProcessor enable = new ListenerEnableProcessor(services.mailboxManager(), responses, services.metricFactory(), capabilities);
        AppendProcessor append = new AppendProcessor(services.mailboxManager(), responses, services.metricFactory());
        List<AbstractProcessor<?>> all = new ArrayList<>(StockProcessors.create(services, responses));
        all.add(capabilities);
        all.add(enable);
        all.add(append);
        all.addAll(processors(append));
        all.addAll(synchronizing());
        Map<Class, ImapProcessor> byRequest = new HashMap<>();
        for (AbstractProcessor<?> processor : all) {
            processor.acceptableClasses().forEach(request -> byRequest.put(request, processor));
            if (processor instanceof CapabilityImplementingProcessor implementing && processor != capabilities) {
                capabilities.addProcessor(implementing);
            }
            if (processor instanceof PermitEnableCapabilityProcessor enabling) {
                enable.addProcessor(enabling);
            }
        }
        return new CommandProcessor(new DefaultProcessor(byRequest, new UnknownRequestProcessor(responses)), capabilities);
    }
}
