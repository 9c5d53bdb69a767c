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
package io.jamesext.agap;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.search.MailboxQuery;

import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.wire.Base62;
import io.jamesext.groupware.MailboxClasses;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** What a user's folders are, as James says and not as the index does. */
final class AccountModel {
    /**
     * A folder.
     *
     * @param path in AGAP
     * @param mailbox its name in James
     * @param children the names of its direct subfolders by identifier
     * @param items flags by UID
     */
    record FolderModel(String path, String mailbox, TreeMap<String, String> children, TreeMap<String, String> items) {
    }

    private final TestJames james;
    private final MailboxSession session;
    private final Folders folders;
    /** UIDs of items by mailbox and message, where DATT was. */
    private final Map<String, Long> aliases = new HashMap<>();

    AccountModel(TestJames james, Username user) {
        this.james = james;
        this.session = james.session(user);
        this.folders = new Folders(james.mailboxManager(), new MailboxClasses(james.mailboxManager()));
    }

    /** The message is that item now. */
    void alias(String id, long message, long item) {
        aliases.put(id + " " + message, item);
    }

    /** The item that a message is. */
    long item(String id, long message) {
        return aliases.getOrDefault(id + " " + message, message);
    }

    /** All folders by identifier. */
    Map<String, FolderModel> read() throws Exception {
        Map<String, FolderModel> read = new HashMap<>();
        for (MailboxMetaData found : Flux.from(james.mailboxManager().search(MailboxQuery.privateMailboxesBuilder(session)
                .matchesAllMailboxNames().build(), session)).toIterable()) {
            String id = found.getId().serialize();
            read.put(id, new FolderModel(folders.path(found.getPath(), session).toString(), found.getPath().getName(), new TreeMap<>(),
                items(id, james.mailboxManager().getMailbox(found.getId(), session))));
        }
        for (Map.Entry<String, FolderModel> folder : read.entrySet()) {
            String name = folder.getValue().mailbox;
            int dot = name.lastIndexOf('.');
            read.values().stream().filter(parent -> dot >= 0 && parent.mailbox.equals(name.substring(0, dot)))
                .forEach(parent -> parent.children.put(folder.getKey(), name.substring(dot + 1)));
        }
        return read;
    }

    private TreeMap<String, String> items(String id, MessageManager messages) throws Exception {
        TreeMap<String, String> items = new TreeMap<>();
        for (ComposedMessageIdWithMetaData message : Flux.from(messages.listMessagesMetadata(MessageRange.all(), session)).toIterable()) {
            items.put(Base62.encode(item(id, message.getComposedMessageId().getUid().asLong())),
                message.getComposedMessageId().getUid().asLong() + flags(message.getFlags()));
        }
        return items;
    }

    private static String flags(Flags flags) {
        Flags told = new Flags(flags);
        told.remove(Flags.Flag.RECENT);
        return Stream.concat(Arrays.stream(told.getSystemFlags()).map(flag -> new Flags(flag).toString()),
            Arrays.stream(told.getUserFlags())).sorted().toList().toString();
    }

    /** Folders in both that have changed; the empty identifier is the root. */
    static TreeSet<String> changed(Map<String, FolderModel> before, Map<String, FolderModel> after) {
        TreeSet<String> changed = new TreeSet<>();
        before.forEach((id, folder) -> {
            FolderModel now = after.get(id);
            if (now != null && !(now.items.equals(folder.items) && now.children.equals(folder.children))) {
                changed.add(id);
            }
        });
        if (!Objects.equals(topLevel(before), topLevel(after))) {
            changed.add("");
        }
        return changed;
    }

    private static Map<String, String> topLevel(Map<String, FolderModel> folders) {
        Map<String, String> topLevel = new HashMap<>();
        folders.forEach((id, folder) -> {
            if (folder.mailbox.indexOf('.') < 0) {
                topLevel.put(id, folder.mailbox);
            }
        });
        return topLevel;
    }
}
