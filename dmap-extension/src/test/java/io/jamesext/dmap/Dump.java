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
package io.jamesext.dmap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager.MailboxSearchFetchType;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.MessageResultIterator;
import org.apache.james.mailbox.model.search.MailboxQuery;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;

import io.jamesext.stores.BuildStores;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** All that James has stored, as text with one character for each octet. */
final class Dump {
    private static final Pattern SCROLL = Pattern.compile("\"_scroll_id\":\"([^\"]+)\"");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PAGE = 100;

    private Dump() {
    }

    /** What James's API shows of the users' mailboxes: names, subscriptions, annotations, flags, octets of messages, clients' blocks. */
    static String mailboxes(DmapTestServer server, Username... users) throws Exception {
        StringBuilder out = new StringBuilder();
        TestJames james = server.james();
        for (Username user : users) {
            MailboxSession session = james.session(user);
            Flux.from(james.subscriptionManager().subscriptionsReactive(session)).toIterable()
                .forEach(path -> out.append(path.getName()).append('\n'));
            for (MailboxMetaData mailbox : james.mailboxManager().search(MailboxQuery.privateMailboxesBuilder(session)
                .matchesAllMailboxNames().build(), MailboxSearchFetchType.Minimal, session).toIterable()) {
                MailboxPath path = mailbox.getPath();
                out.append(path.getName()).append('\n');
                for (MailboxAnnotation annotation : james.mailboxManager().getAllAnnotations(path, session)) {
                    out.append(annotation).append('\n');
                }
                messages(server, james.mailboxManager().getMailbox(path, session), session, out);
            }
        }
        return out.toString();
    }

    private static void messages(DmapTestServer server, MessageManager mailbox, MailboxSession session, StringBuilder out)
        throws Exception {
        MessageResultIterator messages = mailbox.getMessages(MessageRange.all(), FetchGroup.FULL_CONTENT, session);
        while (messages.hasNext()) {
            MessageResult message = messages.next();
            out.append(List.of(message.getFlags().getUserFlags())).append('\n');
            try (InputStream octets = message.getFullContent().getInputStream()) {
                out.append(new String(octets.readAllBytes(), ISO_8859_1)).append('\n');
            }
        }
        server.services().meta().of(mailbox.getId(), MessageRange.all()).blockOptional().orElseThrow().values()
            .forEach(block -> out.append(new String(block, ISO_8859_1)).append('\n'));
    }

    /** Every column of every row of every table in James's keyspace. */
    static String cassandra(CqlSession session) {
        StringBuilder out = new StringBuilder();
        KeyspaceMetadata keyspace = session.getMetadata().getKeyspace(session.getKeyspace().orElseThrow()).orElseThrow();
        for (TableMetadata table : keyspace.getTables().values()) {
            // A page of blobs must fit into the store's heap.
            for (Row row : session.execute(SimpleStatement.newInstance("SELECT * FROM " + table.getName().asCql(true)).setPageSize(PAGE))) {
                for (int column = 0; column < row.size(); column++) {
                    ByteBuffer octets = row.getBytesUnsafe(column);
                    out.append(octets == null ? "" : ISO_8859_1.decode(octets)).append('\n');
                }
            }
        }
        return out.toString();
    }

    /** Every document of every index. */
    static String openSearch() throws Exception {
        URI root = BuildStores.openSearch();
        http("POST", root.resolve("/_refresh"), "");
        StringBuilder out = new StringBuilder();
        String page = http("GET", root.resolve("/_all/_search?size=500&scroll=1m&expand_wildcards=all"), "");
        while (!page.contains("\"hits\":[]")) {
            out.append(page);
            Matcher scroll = SCROLL.matcher(page);
            if (!scroll.find()) {
                throw new AssertionError(page);
            }
            page = http("POST", root.resolve("/_search/scroll"), "{\"scroll\":\"1m\",\"scroll_id\":\"" + scroll.group(1) + "\"}");
        }
        return out.toString();
    }

    private static String http(String method, URI uri, String body) throws Exception {
        HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(uri).header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString(ISO_8859_1));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.body());
        }
        return response.body();
    }
}
