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

import static io.jamesext.testing.mailbox.TestJames.ALICE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.agap.AccountModel.FolderModel;
import io.jamesext.agap.wire.Base62;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Random changes of Alice's account, by James and by an AGAP client of its own. Every one changes something, or says that it does not. */
final class AccountChanges implements AutoCloseable {
    private static final String[] NAMES = {"ARCHIVE", "WORK", "WORK.a", "WORK.b", "WORK.a.x", "New", "New.y", "Other"};

    private final AgapTestServer server;
    private final MailboxManager mailboxes;
    private final MailboxSession session;
    private final AccountModel model;
    private final Random random;
    private final AgapClient client;

    AccountChanges(AgapTestServer server, AccountModel model, Random random) throws Exception {
        this.server = server;
        this.mailboxes = server.james().mailboxManager();
        this.session = server.james().session(ALICE);
        this.model = model;
        this.random = random;
        this.client = new AgapClient(server.connect());
        client.logIn();
    }

    /** Makes one, and says which. */
    String make() throws Exception {
        return switch (random.nextInt(12)) {
            case 0, 1 -> append(AgapTestServer.newsletter(random.nextInt(100)));
            case 2 -> append(AgapTestServer.message("figure-17.eml"));
            case 3, 4 -> flag();
            case 5 -> expunge();
            case 6 -> create();
            case 7 -> delete();
            case 8 -> rename();
            case 9 -> tag();
            case 10 -> detach();
            default -> move();
        };
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private String mailbox() throws Exception {
        return one(model.read().values().stream().map(FolderModel::mailbox)
            .filter(name -> name.equals("INBOX") || Set.of(NAMES).contains(name)).sorted().toList());
    }

    private MailboxPath path(String name) {
        return MailboxPath.forUser(ALICE, name);
    }

    private String append(String message) throws Exception {
        String name = mailbox();
        return "append to " + name + " " + server.james().append(ALICE, name, message);
    }

    private List<ComposedMessageIdWithMetaData> messages(MessageManager mailbox) {
        List<ComposedMessageIdWithMetaData> all = new ArrayList<>();
        Flux.from(mailbox.listMessagesMetadata(MessageRange.all(), session)).toIterable().forEach(all::add);
        all.sort((one, other) -> one.getComposedMessageId().getUid().compareTo(other.getComposedMessageId().getUid()));
        return all;
    }

    private String flag() throws Exception {
        MessageManager mailbox = mailboxes.getMailbox(path(mailbox()), session);
        List<ComposedMessageIdWithMetaData> there = messages(mailbox);
        if (there.isEmpty()) {
            return "nothing";
        }
        ComposedMessageIdWithMetaData message = one(there);
        Flags flag = random.nextBoolean() ? new Flags(Flags.Flag.SEEN) : new Flags("word");
        mailbox.setFlags(flag, message.getFlags().contains(flag) ? FlagsUpdateMode.REMOVE : FlagsUpdateMode.ADD,
            MessageRange.one(message.getComposedMessageId().getUid()), session);
        return "flag " + message;
    }

    private String expunge() throws Exception {
        MessageManager mailbox = mailboxes.getMailbox(path(mailbox()), session);
        List<MessageUid> uids = messages(mailbox).stream().map(message -> message.getComposedMessageId().getUid())
            .filter(uid -> random.nextInt(3) == 0).toList();
        if (!uids.isEmpty()) {
            mailbox.delete(uids, session);
        }
        return "expunge " + uids + " of " + mailbox.getMailboxPath().getName();
    }

    private boolean exists(String name) throws Exception {
        return Boolean.TRUE.equals(Mono.from(mailboxes.mailboxExists(path(name), session)).block());
    }

    private String create() throws Exception {
        String name = one(List.of(NAMES));
        if (!exists(name)) {
            mailboxes.createMailbox(path(name), session);
        }
        return "create " + name;
    }

    private String delete() throws Exception {
        String name = mailbox();
        if (!name.equals("INBOX")) {
            mailboxes.deleteMailbox(path(name), session);
            if (random.nextBoolean()) {
                mailboxes.createMailbox(path(name), session);
                return "delete and create " + name;
            }
        }
        return "delete " + name;
    }

    private String rename() throws Exception {
        String name = mailbox();
        String to = one(List.of(NAMES));
        if (!name.equals("INBOX") && !exists(to) && !to.startsWith(name)) {
            mailboxes.renameMailbox(path(name), path(to), session);
        }
        return "rename " + name + " to " + to;
    }

    private String move() throws Exception {
        MailboxPath from = path(mailbox());
        MailboxPath to = path(mailbox());
        List<ComposedMessageIdWithMetaData> there = messages(mailboxes.getMailbox(from, session));
        if (there.isEmpty() || from.equals(to)) {
            return "nothing";
        }
        mailboxes.moveMessages(MessageRange.one(one(there).getComposedMessageId().getUid()), from, to, session);
        return "move from " + from.getName() + " to " + to.getName();
    }

    private String tag() throws Exception {
        FolderModel folder = one(model.read().values().stream().filter(found -> !found.items().isEmpty())
            .sorted((one, other) -> one.path().compareTo(other.path())).toList());
        String uid = one(List.copyOf(folder.items().keySet()));
        client.command("SLCT " + folder.path());
        boolean there = client.command("GTAG " + uid).contains(".MINE");
        return "tag " + folder.path() + " " + uid + client.command("STAG " + uid + (there ? " - MINE" : " + MINE"));
    }

    private String detach() throws Exception {
        Map.Entry<String, FolderModel> folder = one(model.read().entrySet().stream().filter(found -> !found.getValue().items().isEmpty())
            .sorted((one, other) -> one.getValue().path().compareTo(other.getValue().path())).toList());
        String uid = one(List.copyOf(folder.getValue().items().keySet()));
        MessageManager mailbox = mailboxes.getMailbox(path(folder.getValue().mailbox()), session);
        Set<Long> before = uids(mailbox);
        client.command("SLCT " + folder.getValue().path());
        List<String> answer = client.command("DATT " + uid + " 1");
        TreeSet<Long> written = new TreeSet<>(uids(mailbox));
        written.removeAll(before);
        written.forEach(message -> model.alias(folder.getKey(), message, Base62.decode(uid).orElseThrow()));
        return "DATT " + folder.getValue().path() + " " + uid + answer;
    }

    private Set<Long> uids(MessageManager mailbox) {
        return messages(mailbox).stream().map(message -> message.getComposedMessageId().getUid().asLong()).collect(Collectors.toSet());
    }

    @Override
    public void close() throws Exception {
        client.close();
    }
}
