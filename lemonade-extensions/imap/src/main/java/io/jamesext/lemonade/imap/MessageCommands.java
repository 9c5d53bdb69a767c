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

import io.jamesext.lemonade.imap.append.AppendParser;
import io.jamesext.lemonade.imap.append.AppendProcessor;
import io.jamesext.lemonade.imap.append.Appending;
import io.jamesext.lemonade.imap.append.MessageAssembly;
import io.jamesext.lemonade.imap.context.CancelUpdateCommand;
import io.jamesext.lemonade.imap.context.CancelUpdateRequest;
import io.jamesext.lemonade.imap.context.NoUpdateEncoder;
import io.jamesext.lemonade.imap.context.Searching;
import io.jamesext.lemonade.imap.convert.ConversionsParser;
import io.jamesext.lemonade.imap.convert.ConversionsProcessor;
import io.jamesext.lemonade.imap.convert.ConvertParser;
import io.jamesext.lemonade.imap.convert.ConvertProcessor;
import io.jamesext.lemonade.imap.convert.ConvertService;
import io.jamesext.lemonade.imap.convert.PartConversions;
import io.jamesext.lemonade.imap.fetch.ArrivalFetch;
import io.jamesext.lemonade.imap.fetch.FetchLineEncoder;
import io.jamesext.lemonade.imap.fetch.FetchParser;
import io.jamesext.lemonade.imap.fetch.FetchProcessor;
import io.jamesext.lemonade.imap.fetch.MessageAnswers;
import io.jamesext.lemonade.imap.folder.ArgumentParser;
import io.jamesext.lemonade.imap.folder.FolderProcessor;
import io.jamesext.lemonade.imap.notify.Announcer;
import io.jamesext.lemonade.imap.notify.NotifyParser;
import io.jamesext.lemonade.imap.notify.NotifyProcessor;
import io.jamesext.lemonade.imap.notify.TurnProcessor;
import io.jamesext.lemonade.imap.replace.ReplaceParser;
import io.jamesext.lemonade.imap.replace.ReplaceProcessor;
import io.jamesext.lemonade.imap.search.EsearchResponseEncoder;
import io.jamesext.lemonade.imap.search.Filters;
import io.jamesext.lemonade.imap.search.MailboxSearch;
import io.jamesext.lemonade.imap.search.SearchCommandParser;
import io.jamesext.lemonade.imap.search.SearchProcessor;
import io.jamesext.lemonade.imap.search.SearchResponseEncoder;
import io.jamesext.lemonade.imap.sort.SortCommandParser;
import io.jamesext.lemonade.imap.sort.SortProcessor;
import io.jamesext.lemonade.imap.sort.SortResponseEncoder;
import io.jamesext.lemonade.imap.thread.ThreadCommandParser;
import io.jamesext.lemonade.imap.thread.ThreadProcessor;
import io.jamesext.lemonade.imap.thread.ThreadResponseEncoder;
import io.jamesext.lemonade.imap.urlauth.GenUrlAuthParser;
import io.jamesext.lemonade.imap.urlauth.GenUrlAuthProcessor;
import io.jamesext.lemonade.imap.urlauth.ResetKeyParser;
import io.jamesext.lemonade.imap.urlauth.ResetKeyProcessor;
import io.jamesext.lemonade.imap.urlauth.UrlAnswerEncoder;
import io.jamesext.lemonade.imap.urlauth.UrlFetchParser;
import io.jamesext.lemonade.imap.urlauth.UrlFetchProcessor;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.MimeParts;
import io.jamesext.urlauth.UrlContents;
import io.jamesext.urlauth.UrlServer;

/** The commands that find, read and store messages. */
record MessageCommands(ImapServices services, StatusResponseFactory responses, UrlServer urlServer, ConvertService convert)
        implements Commands {
    @Override
    public List<AbstractImapCommandParser> parsers() {
        return List.of(
            new AppendParser(responses),
            new ReplaceParser(responses),
            new FetchParser(responses),
            new ConversionsParser(responses),
            new ConvertParser(responses),
            new SearchCommandParser(responses),
            new SortCommandParser(responses),
            new ThreadCommandParser(responses),
            new ArgumentParser(CancelUpdateRequest.COMMAND, responses, CancelUpdateRequest::parse),
            new GenUrlAuthParser(responses),
            new UrlFetchParser(responses),
            new ResetKeyParser(responses),
            new NotifyParser(responses));
    }

    @Override
    public List<AbstractProcessor<?>> processors() {
        MailboxManager mailboxes = services.mailboxManager();
        MetricFactory metrics = services.metricFactory();
        Filters filters = new Filters(session -> services.serverAnnotations().of(session.getUser()));
        MailboxSearch search = MailboxSearch.of(mailboxes, filters, services.clock());
        MimeParts parts = new MimeParts();
        MessageAnswers answers = new MessageAnswers(parts);
        UrlContents contents = new UrlContents(mailboxes, parts);
        Appending appending = new Appending(mailboxes, services.quotaManager(), services.quotaRootResolver(),
            new MessageAssembly(contents));
        AuthorizedUrls urls = new AuthorizedUrls(mailboxes, contents, services.mailboxKeys(), services.clock());
        ArrivalFetch arrivals = new ArrivalFetch(answers);
        Searching searching = new Searching(search, services.clock(), arrivals);
        PartConversions conversions = new PartConversions(parts, convert.converter(), convert.limits(), metrics);
        return List.of(
            new AppendProcessor(mailboxes, responses, metrics, appending),
            new ReplaceProcessor(mailboxes, responses, metrics, appending),
            new FetchProcessor(mailboxes, responses, metrics, answers, services.expungeLog()),
            new ConversionsProcessor(mailboxes, responses, metrics, conversions),
            new ConvertProcessor(mailboxes, responses, metrics, conversions, convert.limits()),
            new SortProcessor(mailboxes, responses, metrics, searching, services.messageOrder()),
            new ThreadProcessor(mailboxes, responses, metrics, search, services.messageOrder()),
            new SearchProcessor(mailboxes, responses, metrics, searching),
            new FolderProcessor<>(new CancelUpdateCommand(), mailboxes, responses, metrics),
            new GenUrlAuthProcessor(mailboxes, responses, metrics, urls, urlServer),
            new UrlFetchProcessor(mailboxes, responses, metrics, urls, urlServer),
            new ResetKeyProcessor(mailboxes, responses, metrics, urls, services.openFolders()),
            new NotifyProcessor(mailboxes, responses, metrics,
                new NotifyProcessor.Services(services.watches(), services.subscriptionManager(), arrivals)),
            new TurnProcessor(new Announcer(mailboxes, services.subscriptionManager())));
    }

    @Override
    public List<ImapResponseEncoder<?>> encoders() {
        return List.of(
            new FetchLineEncoder(),
            new SearchResponseEncoder(),
            new EsearchResponseEncoder(),
            new SortResponseEncoder(),
            new ThreadResponseEncoder(),
            new NoUpdateEncoder(),
            new UrlAnswerEncoder());
    }
}
