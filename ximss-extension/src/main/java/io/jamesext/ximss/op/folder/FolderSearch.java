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
package io.jamesext.ximss.op.folder;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.folder.MessageFilter;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells where in a folder's view messages are that have a text in them. It is behind the text's end, and is what clients of CommuniGate
 * send; the filter is folderOpen's. Each is reported as folderBrowse does it, without fields, in the order of the view, which stays as it
 * is.
 *
 * <pre>{@code <folderSearch id="" folder="" filter="" filterField=""? limit="messages"? timeout="seconds"? />}</pre>
 */
public final class FolderSearch implements XimssOperation<FolderSearch.Request> {
    /** In seconds: how long a client that says nothing, or more, may keep the server busy. */
    private static final long MAX_TIMEOUT = 30;

    /** The attributes. */
    public record Request(String folder, MessageFilter filter, long limit, Duration timeout) {
        static Request parse(Element element) {
            element.required("filter");
            MessageFilter filter = MessageFilter.parse(element)
                .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "the filter is empty"));
            return new Request(element.required("folder"), filter, element.number("limit").orElse(Long.MAX_VALUE),
                Duration.ofSeconds(Math.min(element.number("timeout").orElse(MAX_TIMEOUT), MAX_TIMEOUT)));
        }
    }

    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public FolderSearch(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "folderSearch";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Folder folder = session.folder(request.folder);
        return mailboxes.require(Set.of(Right.Read), folder.mailbox(), session.mailboxSession())
            .then(Mono.defer(() -> folder.search(request.filter)))
            .timeout(request.timeout)
            .onErrorMap(TimeoutException.class, e -> new ProtocolException(Failure.TOO_BIG, "the search took too long"))
            .flatMapIterable(found -> found)
            .take(request.limit)
            .map(folder::place);
    }
}
