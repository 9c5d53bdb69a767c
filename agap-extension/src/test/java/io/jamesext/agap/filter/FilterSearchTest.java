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
package io.jamesext.agap.filter;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.Test;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.tag.Tag;
import io.jamesext.agap.tag.Tags;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** What James finds for a filter must hold everything that the filter matches, for filters of all shapes. */
@BothBackends
class FilterSearchTest {
    private static final String[] TAGS = {"SEEN", "SPAM", "SPAM=YES", "FLAG=red", "FLAG=RED", "FLAG", "NEW", "NEW=x", "OTHER"};
    private static final String[] UIDS = {"00000001", "00000002:00000005", "3:00000004", "00000004:zzzzzzzzz", "9", "00000005:00000002",
        "000000001"};

    private static Rule random(Random random, int depth) {
        List<Rule> rules = new ArrayList<>();
        for (int number = 1 + random.nextInt(3); number > 0; number--) {
            rules.add(switch (depth == 0 ? random.nextInt(2) : random.nextInt(5)) {
                case 0 -> new Rule.Tagged(Tag.parse(TAGS[random.nextInt(TAGS.length)]).orElseThrow());
                case 1 -> FilterReader.read("UID " + UIDS[random.nextInt(UIDS.length)]);
                case 2 -> new Rule.Not(random(random, depth - 1));
                default -> random(random, depth - 1);
            });
        }
        return random.nextBoolean() ? new Rule.And(ImmutableList.copyOf(rules)) : new Rule.Or(ImmutableList.copyOf(rules));
    }

    @Test
    void theSearchShouldMissNothing() throws Exception {
        TestJames james = TestJames.create();
        MailboxSession session = james.session(ALICE);
        MessageManager inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(session), session);
        long seed = 431;
        Random random = new Random(seed);
        for (int i = 0; i < 8; i++) {
            long uid = james.append(ALICE, "INBOX", "Subject: " + i + "\n\nx\n");
            Flags flags = new Flags();
            for (int tags = random.nextInt(4); tags > 0; tags--) {
                flags.add(Tags.flags(Tag.parse(TAGS[random.nextInt(6)]).orElseThrow()));
            }
            inbox.setFlags(flags, FlagsUpdateMode.ADD, MessageRange.one(MessageUid.of(uid)), session);
        }
        List<ComposedMessageIdWithMetaData> all = Flux.from(inbox.listMessagesMetadata(MessageRange.all(), session)).collectList().block();

        for (int i = 0; i < 500; i++) {
            Rule rule = random(random, 3);
            List<MessageUid> found = Flux.from(inbox.search(rule.query(), session)).collectList().block();
            List<MessageUid> meant = all.stream()
                .filter(item -> rule.matches(item.getComposedMessageId().getUid(), item.getFlags()))
                .map(item -> item.getComposedMessageId().getUid())
                .toList();
            assertThat(found).as("seed %d: %s", seed, rule).containsAll(meant);
        }
    }
}
