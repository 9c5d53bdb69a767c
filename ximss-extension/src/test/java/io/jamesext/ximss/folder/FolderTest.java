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

import java.lang.reflect.Proxy;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableMap;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.reply.FolderReport;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/** A folder on James's real mailbox, which another session of the same user changes. */
@BothBackends
class FolderTest {
    private TestJames james;
    private MailboxSession other;
    private MessageManager mailbox;
    private final AtomicInteger notified = new AtomicInteger();

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        other = james.session(TestJames.ALICE);
        mailbox = james.mailboxManager().getMailbox(MailboxPath.inbox(other), other);
    }

    private Folder.Shared shared() {
        boolean isIndexed = james.mailboxManager().getSupportedSearchCapabilities().contains(MailboxManager.SearchCapabilities.FullText);
        return new Folder.Shared(james.eventBus(), isIndexed, new RecentDetails());
    }

    private Folder open(String sortField) throws Exception {
        return open(sortField, Map.of());
    }

    private Folder open(String sortField, Map<String, String> filter) throws Exception {
        Map<String, String> attributes = new HashMap<>(filter);
        attributes.put("sortField", sortField);
        FolderQuery query = FolderQuery.parse(Element.of("folderOpen", ImmutableMap.copyOf(attributes),
            List.of(Element.text("field", "Subject"), Element.text("field", "FLAGS"))));
        MailboxSession session = james.session(TestJames.ALICE);
        MessageManager own = james.mailboxManager().getMailbox(MailboxPath.inbox(session), session);
        Folder folder = Folder.open(new Folder.Opening("INBOX", own, query, ZoneOffset.UTC), shared(), session,
            report -> notified.incrementAndGet()).block();
        folder.init(Optional.empty()).blockLast();
        return folder;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void replicaShouldFollowAMailboxThatOthersChange(long seed) throws Exception {
        Random random = new Random(seed);
        String sortField = List.of("Subject", "FLAGS", "UID", "SIZE").get((int) (seed % 4));
        Map<String, String> filter = filter(seed);
        Folder folder = open(sortField, filter);
        List<FolderReport> replica = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            int before = notified.get();
            int changes = random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                change(random);
            }
            assertThat(notified.get() - before).as("seed %d: one notify at most", seed).isLessThanOrEqualTo(1);
            folder.sync(Long.MAX_VALUE).toIterable().forEach(report -> follow(replica, report));
            List<FolderReport> shown = folder.browse(IntStream.range(0, folder.view().size()).boxed().toList()).collectList().block();
            assertThat(replica.stream().map(FolderTest::essence).toList()).as("seed %d", seed)
                .isEqualTo(shown.stream().map(FolderTest::essence).toList());
            Folder fresh = open(sortField, filter);
            assertThat(uids(fresh)).as("seed %d: as if opened anew", seed).isEqualTo(uids(folder));
            fresh.close().block();
        }
    }

    private static Map<String, String> filter(long seed) {
        return switch ((int) seed) {
            case 12 -> Map.of("filterField", "X-Keep", "filter", "yes");
            case 13 -> Map.of("filterField", "FLAGS", "filter", "Unseen");
            case 15 -> Map.of("filterField", "body", "filter", "quinces");
            case 16 -> Map.of("filter", "quinces");
            default -> Map.of();
        };
    }

    private void change(Random random) throws Exception {
        List<MessageUid> uids = new ArrayList<>();
        mailbox.getMessages(MessageRange.all(), FetchGroup.MINIMAL, other)
            .forEachRemaining(message -> uids.add(message.getUid()));
        int what = uids.isEmpty() ? 0 : random.nextInt(3);
        if (what == 0) {
            james.append(TestJames.ALICE, "INBOX", "Subject: " + random.nextInt(100) + "\nX-Keep: "
                + (random.nextBoolean() ? "yes" : "no") + "\nX-Fruit: " + (random.nextBoolean() ? "quinces" : "pears") + "\n\n"
                + (random.nextBoolean() ? "some quinces" : "no fruit") + " " + "x".repeat(random.nextInt(50)) + "\n");
            return;
        }
        MessageUid uid = uids.get(random.nextInt(uids.size()));
        if (what == 1) {
            mailbox.delete(List.of(uid), other);
        } else {
            mailbox.setFlags(new Flags(random.nextBoolean() ? Flags.Flag.SEEN : Flags.Flag.FLAGGED),
                random.nextBoolean() ? MessageManager.FlagsUpdateMode.ADD : MessageManager.FlagsUpdateMode.REMOVE,
                MessageRange.one(uid), other);
        }
    }

    private static void follow(List<FolderReport> replica, FolderReport report) {
        int index = (int) report.index().getAsLong();
        switch (report.mode().orElseThrow()) {
            case "removed" -> replica.remove(index);
            case "added" -> replica.add(index, report);
            default -> replica.set(index, report);
        }
    }

    private static String essence(FolderReport report) {
        return report.uid().getAsLong() + " " + report.fields();
    }

    private static List<Long> uids(Folder folder) {
        return IntStream.range(0, folder.view().size()).mapToObj(index -> folder.view().at(index).uid()).toList();
    }

    @Test
    void viewShouldStayFrozenUntilTheSync() throws Exception {
        james.append(TestJames.ALICE, "INBOX", "Subject: a\n\nText\n");
        Folder folder = open("UID");
        mailbox.delete(List.of(MessageUid.of(1)), other);
        james.append(TestJames.ALICE, "INBOX", "Subject: b\n\nText\n");
        assertThat(folder.view().size()).isEqualTo(1);
        assertThat(folder.view().at(0).uid()).isEqualTo(1);
        assertThat(notified).hasValue(1);
        folder.sync(Long.MAX_VALUE).blockLast();
        assertThat(folder.view().at(0).uid()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UID", "FLAGS", "SIZE", "INTERNALDATE"})
    void headersShouldBeReadOnceAndOnlyWhereTheyAreShown(String sortField) throws Exception {
        List<FetchGroup> read = new ArrayList<>();
        MessageManager watched = (MessageManager) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MessageManager.class},
            (proxy, method, arguments) -> {
                Stream.of(Optional.ofNullable(arguments).orElse(new Object[0])).filter(FetchGroup.class::isInstance)
                    .forEach(group -> read.add((FetchGroup) group));
                return method.invoke(mailbox, arguments);
            });
        FolderQuery query = FolderQuery.parse(Element.of("folderOpen", Map.of("sortField", sortField),
            List.of(Element.text("field", "Subject"))));
        james.append(TestJames.ALICE, "INBOX", "Subject: a\n\nText\n");
        Folder folder = Folder.open(new Folder.Opening("INBOX", watched, query, ZoneOffset.UTC), shared(), other,
            report -> { }).block();
        assertThat(read).allMatch(FetchGroup.MINIMAL::equals);
        read.clear();
        james.append(TestJames.ALICE, "INBOX", "Subject: b\n\nText\n");
        folder.sync(Long.MAX_VALUE).blockLast();
        assertThat(read).containsExactly(FetchGroup.HEADERS);
        folder.browse(List.of(0, 1)).blockLast();
        read.clear();
        mailbox.setFlags(new Flags(Flags.Flag.FLAGGED), MessageManager.FlagsUpdateMode.ADD, MessageRange.all(), other);
        assertThat(folder.sync(Long.MAX_VALUE).flatMapIterable(FolderReport::fields).map(Element::text).collectList().block())
            .containsExactlyInAnyOrder("a", "b");
        assertThat(read).isEmpty();
        folder.close().block();
    }

    @Test
    void closedFolderShouldNotListen() throws Exception {
        Folder folder = open("UID");
        folder.close().block();
        james.append(TestJames.ALICE, "INBOX", "Subject: a\n\nText\n");
        assertThat(notified).hasValue(0);
    }

    @Test
    void deletedMailboxShouldBecomeAnEmptyFolder() throws Exception {
        james.append(TestJames.ALICE, "INBOX", "Subject: a\n\nText\n");
        Folder folder = open("UID");
        james.mailboxManager().deleteMailbox(MailboxPath.inbox(other), other);
        assertThat(notified).hasValue(1);
        folder.sync(Long.MAX_VALUE).onErrorResume(gone -> Flux.empty()).blockLast();
    }
}
