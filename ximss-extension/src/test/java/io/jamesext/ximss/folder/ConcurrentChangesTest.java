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
package io.jamesext.ximss.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.reply.FolderReport;
import io.jamesext.ximss.xml.Element;

/**
 * A client's replica of a folder, while others change the mailbox through James itself, as its IMAP server does: during each sync, not only
 * between them. In the end the replica is what a simple model makes of the messages that are there.
 */
@BothBackends
class ConcurrentChangesTest {
    private static final int WRITERS = 2;
    private static final int CHANGES = 40;

    private TestJames james;
    private MailboxSession session;
    private MessageManager mailbox;

    /** A message, as the model sees it. */
    private record Seen(long uid, String subject, boolean keep, boolean unseen) {
    }

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        session = james.session(TestJames.ALICE);
        mailbox = james.mailboxManager().getMailbox(MailboxPath.inbox(session), session);
    }

    @ParameterizedTest
    @ValueSource(longs = {30, 31, 32, 33, 34, 35})
    void replicaShouldBecomeTheModel(long seed) throws Exception {
        Folder folder = open(seed);
        List<FolderReport> replica = new ArrayList<>();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<Boolean>> written = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                written.add(writers.submit(changes(new Random(seed * WRITERS + i))));
            }
            while (!written.stream().allMatch(Future::isDone)) {
                sync(folder, replica, seed);
            }
            for (Future<Boolean> done : written) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            writers.shutdownNow();
        }
        sync(folder, replica, seed);
        List<Seen> model = model(seed);
        assertThat(replica.stream().map(report -> report.uid().getAsLong()).toList()).as("seed %d", seed)
            .isEqualTo(model.stream().map(Seen::uid).toList());
        assertThat(replica.stream().map(report -> report.fields().get(0).text()).toList()).as("seed %d", seed)
            .isEqualTo(model.stream().map(Seen::subject).toList());
        assertThat(folder.view().unseen()).as("seed %d", seed).isEqualTo((int) model.stream().filter(Seen::unseen).count());
        folder.close().block();
    }

    private Folder open(long seed) throws Exception {
        Map<String, String> attributes = switch ((int) (seed % 3)) {
            case 0 -> Map.of("sortField", "Subject");
            case 1 -> Map.of("sortField", "UID", "sortOrder", "desc", "filterField", "FLAGS", "filter", "Unseen");
            default -> Map.of("sortField", "Subject", "sortOrder", "desc", "filterField", "X-Keep", "filter", "yes");
        };
        FolderQuery query = FolderQuery.parse(Element.of("folderOpen", attributes, List.of(Element.text("field", "Subject"))));
        Folder folder = Folder.open(new Folder.Opening("INBOX", mailbox, query, ZoneOffset.UTC),
            new Folder.Shared(james.eventBus(), false, new RecentDetails()), session,
            report -> { }).block();
        Folder opened = Optional.ofNullable(folder).orElseThrow();
        opened.init(Optional.empty()).blockLast();
        return opened;
    }

    private Callable<Boolean> changes(Random random) {
        return () -> {
            MailboxSession other = james.session(TestJames.ALICE);
            MessageManager same = james.mailboxManager().getMailbox(MailboxPath.inbox(other), other);
            for (int i = 0; i < CHANGES; i++) {
                change(random, same, other);
            }
            return true;
        };
    }

    private void change(Random random, MessageManager same, MailboxSession other) throws Exception {
        List<MessageUid> uids = new ArrayList<>();
        same.getMessages(MessageRange.all(), FetchGroup.MINIMAL, other).forEachRemaining(message -> uids.add(message.getUid()));
        int what = uids.isEmpty() ? 0 : random.nextInt(5);
        if (what < 2) {
            james.append(TestJames.ALICE, "INBOX", "Subject: " + random.nextInt(20) + "\nX-Keep: "
                + (random.nextBoolean() ? "yes" : "no") + "\n\nText\n");
            return;
        }
        MessageUid uid = uids.get(random.nextInt(uids.size()));
        if (what == 2) {
            same.delete(List.of(uid), other);
        } else {
            same.setFlags(new Flags(Flags.Flag.SEEN),
                random.nextBoolean() ? MessageManager.FlagsUpdateMode.ADD : MessageManager.FlagsUpdateMode.REMOVE,
                MessageRange.one(uid), other);
        }
    }

    /** As a client does: what it is told to remove or update has to be where it is told. */
    private static void sync(Folder folder, List<FolderReport> replica, long seed) {
        folder.sync(Long.MAX_VALUE).toIterable().forEach(report -> {
            int index = (int) report.index().getAsLong();
            switch (report.mode().orElseThrow()) {
                case "removed" -> assertThat(replica.remove(index).uid()).as("seed %d", seed).isEqualTo(report.uid());
                case "added" -> replica.add(index, report);
                default -> assertThat(replica.set(index, report).uid()).as("seed %d", seed).isEqualTo(report.uid());
            }
        });
        assertThat(replica.stream().map(report -> report.uid().getAsLong()).toList()).as("seed %d", seed)
            .isEqualTo(IntStream.range(0, folder.view().size()).mapToObj(index -> folder.view().at(index).uid()).toList());
    }

    private List<Seen> model(long seed) throws Exception {
        List<Seen> messages = new ArrayList<>();
        mailbox.getMessages(MessageRange.all(), FetchGroup.HEADERS, session).forEachRemaining(message -> messages.add(seen(message)));
        Comparator<Seen> byUid = Comparator.comparing(Seen::uid);
        Comparator<Seen> bySubject = Comparator.comparing(Seen::subject).thenComparing(byUid);
        return switch ((int) (seed % 3)) {
            case 0 -> messages.stream().sorted(bySubject).toList();
            case 1 -> messages.stream().filter(Seen::unseen).sorted(byUid.reversed()).toList();
            default -> messages.stream().filter(Seen::keep).sorted(bySubject.reversed()).toList();
        };
    }

    private static Seen seen(MessageResult message) {
        try (InputStream stream = message.getHeaders().getInputStream()) {
            String header = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
            return new Seen(message.getUid().asLong(), header.lines().filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow()
                .substring("Subject: ".length()), header.contains("X-Keep: yes"), !message.getFlags().contains(Flags.Flag.SEEN));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
