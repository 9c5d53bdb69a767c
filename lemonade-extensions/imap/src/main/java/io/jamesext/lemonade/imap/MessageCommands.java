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
import io.jamesext.lemonade.imap.fetch.FetchLineEncoder;
import io.jamesext.lemonade.imap.fetch.FetchParser;
import io.jamesext.lemonade.imap.fetch.FetchProcessor;
import io.jamesext.lemonade.imap.fetch.MessageAnswers;
import io.jamesext.lemonade.imap.replace.ReplaceParser;
import io.jamesext.lemonade.imap.replace.ReplaceProcessor;
import io.jamesext.lemonade.imap.search.EsearchResponseEncoder;
import io.jamesext.lemonade.imap.search.SearchCommandParser;
import io.jamesext.lemonade.imap.search.SearchProcessor;
import io.jamesext.lemonade.imap.search.SearchResponseEncoder;
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
record MessageCommands(ImapServices services, StatusResponseFactory responses, UrlServer urlServer) implements Commands {
    @Override
    public List<AbstractImapCommandParser> parsers() {
        return List.of(
            new AppendParser(responses),
            new ReplaceParser(responses),
            new FetchParser(responses),
            new SearchCommandParser(responses),
            new GenUrlAuthParser(responses),
            new UrlFetchParser(responses),
            new ResetKeyParser(responses));
    }

    @Override
    public List<AbstractProcessor<?>> processors() {
        MailboxManager mailboxes = services.mailboxManager();
        MetricFactory metrics = services.metricFactory();
        MimeParts parts = new MimeParts();
        UrlContents contents = new UrlContents(mailboxes, parts);
        Appending appending = new Appending(mailboxes, services.quotaManager(), services.quotaRootResolver(),
            new MessageAssembly(contents));
        AuthorizedUrls urls = new AuthorizedUrls(mailboxes, contents, services.mailboxKeys(), services.clock());
        return List.of(
            new AppendProcessor(mailboxes, responses, metrics, appending),
            new ReplaceProcessor(mailboxes, responses, metrics, appending),
            new FetchProcessor(mailboxes, responses, metrics, new MessageAnswers(parts), services.expungeLog()),
            new SearchProcessor(mailboxes, responses, metrics, services.clock()),
            new GenUrlAuthProcessor(mailboxes, responses, metrics, urls, urlServer),
            new UrlFetchProcessor(mailboxes, responses, metrics, urls, urlServer),
            new ResetKeyProcessor(mailboxes, responses, metrics, urls, services.openFolders()));
    }

    @Override
    public List<ImapResponseEncoder<?>> encoders() {
        return List.of(
            new FetchLineEncoder(),
            new SearchResponseEncoder(),
            new EsearchResponseEncoder(),
            new UrlAnswerEncoder());
    }
}
