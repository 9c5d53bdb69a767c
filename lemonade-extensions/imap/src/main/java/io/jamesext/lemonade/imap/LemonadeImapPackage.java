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

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapCommandParser;
import org.apache.james.imap.decode.ImapCommandParserFactory;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.decode.main.DefaultImapDecoder;
import org.apache.james.imap.decode.parser.ImapParserFactory;
import org.apache.james.imap.decode.parser.UidCommandParser;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.apache.james.imap.encode.main.DefaultImapEncoderFactory;
import org.apache.james.imap.encode.main.DefaultLocalizer;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.CapabilityProcessor;
import org.apache.james.imap.processor.DefaultProcessor;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.imap.processor.base.UnknownRequestProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;

import io.jamesext.lemonade.imap.append.AppendParser;
import io.jamesext.lemonade.imap.append.AppendProcessor;
import io.jamesext.lemonade.imap.append.Appending;
import io.jamesext.lemonade.imap.append.MessageAssembly;
import io.jamesext.lemonade.imap.frame.CommandProcessor;
import io.jamesext.lemonade.imap.replace.ReplaceParser;
import io.jamesext.lemonade.imap.replace.ReplaceProcessor;
import io.jamesext.lemonade.imap.status.StatusLineEncoder;
import io.jamesext.lemonade.imap.status.UntaggedStatusEncoder;
import io.jamesext.lemonade.imap.urlauth.EntityGate;
import io.jamesext.lemonade.imap.urlauth.GenUrlAuthParser;
import io.jamesext.lemonade.imap.urlauth.GenUrlAuthProcessor;
import io.jamesext.lemonade.imap.urlauth.ResetKeyParser;
import io.jamesext.lemonade.imap.urlauth.ResetKeyProcessor;
import io.jamesext.lemonade.imap.urlauth.UrlAnswerEncoder;
import io.jamesext.lemonade.imap.urlauth.UrlFetchParser;
import io.jamesext.lemonade.imap.urlauth.UrlFetchProcessor;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.UrlContents;
import io.jamesext.urlauth.UrlServer;

/**
 * The commands of one listener: James's, and the table of ours. A line in {@link #parsers}, {@link #processors} and {@link #encoders}
 * makes an extension;
 * a parser of ours replaces James's parser of the same command.
 */
final class LemonadeImapPackage {
    private final ImapServices services;
    private final UrlServer urlServer;
    private final StatusResponseFactory responses = new UnpooledStatusResponseFactory();

    LemonadeImapPackage(ImapServices services, UrlServer urlServer) {
        this.services = services;
        this.urlServer = urlServer;
    }

    private List<AbstractImapCommandParser> parsers() {
        return List.of(
            new AppendParser(responses),
            new ReplaceParser(responses),
            new GenUrlAuthParser(responses),
            new UrlFetchParser(responses),
            new ResetKeyParser(responses));
    }

    private List<AbstractProcessor<?>> processors() {
        MailboxManager mailboxes = services.mailboxManager();
        MetricFactory metrics = services.metricFactory();
        UrlContents contents = new UrlContents(mailboxes);
        Appending appending = new Appending(mailboxes, services.quotaManager(), services.quotaRootResolver(),
            new MessageAssembly(contents));
        AuthorizedUrls urls = new AuthorizedUrls(mailboxes, contents, services.mailboxKeys(), services.clock());
        return List.of(
            new AppendProcessor(mailboxes, responses, metrics, appending),
            new ReplaceProcessor(mailboxes, responses, metrics, appending),
            new GenUrlAuthProcessor(mailboxes, responses, metrics, urls, urlServer),
            new UrlFetchProcessor(mailboxes, responses, metrics, urls, urlServer),
            new ResetKeyProcessor(mailboxes, responses, metrics, urls));
    }

    private List<ImapResponseEncoder<?>> encoders() {
        return List.of(
            new StatusLineEncoder(),
            new UntaggedStatusEncoder(),
            new UrlAnswerEncoder());
    }

    ImapDecoder decoder() {
        ImapCommandParserFactory stock = new ImapParserFactory(responses);
        Map<String, ImapCommandParser> ours = new HashMap<>();
        parsers().forEach(parser -> ours.put(parser.getCommand().getName(), parser));
        ImapCommandParserFactory own = new ImapParserFactory(ours);
        ImapCommandParserFactory both = name -> {
            ImapCommandParser parser = own.getParser(name);
            return parser == null ? stock.getParser(name) : parser;
        };
        // James's parser of UID looks its commands up in James's table only.
        ours.put(ImapConstants.UID_COMMAND.getName(), new UidCommandParser(both, responses));
        return new DefaultImapDecoder(responses, both);
    }

    ImapEncoder encoder() {
        return new LemonadeEncoder(encoders(), DefaultImapEncoderFactory.createDefaultEncoder(new DefaultLocalizer(), false));
    }

    CommandProcessor processor() {
        CapabilityProcessor capabilities = new CapabilityProcessor(services.mailboxManager(), responses, services.metricFactory());
        EnableProcessor enable = new EnableProcessor(services.mailboxManager(), responses, services.metricFactory(), capabilities);
        List<AbstractProcessor<?>> all = new ArrayList<>(StockProcessors.create(services, responses));
        all.add(capabilities);
        all.add(enable);
        all.addAll(processors());
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
        return new CommandProcessor(new EntityGate(new DefaultProcessor(byRequest, new UnknownRequestProcessor(responses)), urlServer),
            capabilities);
    }
}
