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

package io.jamesext.lemonade.imap.namespace;

import java.util.List;
import java.util.function.Consumer;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.message.request.NamespaceRequest;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.Untagged;
import io.jamesext.lemonade.imap.folder.UntaggedLine;
import reactor.core.publisher.Mono;

/**
 * NAMESPACE: where the user's own mailboxes are, and those of others. RFC 2342 section 5: {@code Namespace_Command = "NAMESPACE"}. All
 * mailboxes of James belong to somebody, so that there is no shared namespace.
 */
public final class NamespaceCommand implements FolderCommand<NamespaceRequest> {
    /** Reads the arguments. */
    public static NamespaceRequest parse(Arguments arguments, Tag tag) {
        return new NamespaceRequest(tag);
    }

    @Override
    public Class<NamespaceRequest> request() {
        return NamespaceRequest.class;
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(ImapConstants.SUPPORTS_NAMESPACES);
    }

    @Override
    public Mono<String> run(NamespaceRequest request, FolderSession session, Consumer<Untagged> responses) {
        UntaggedLine line = session.line("NAMESPACE");
        namespace(line, "", session);
        namespace(line, session.names().otherUsers(), session);
        responses.accept(line.nil().end());
        return Mono.empty();
    }

    private static void namespace(UntaggedLine line, String prefix, FolderSession session) {
        line.open().open().mailbox(prefix).string(String.valueOf(session.names().delimiter())).close().close();
    }
}
