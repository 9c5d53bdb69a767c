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
package io.jamesext.lemonade.imap.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.NullableMessageSequenceNumber;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mime4j.dom.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.context.UidList.Step;
import io.jamesext.lemonade.imap.search.MailboxSearch;
import io.jamesext.lemonade.imap.search.MailboxSource;
import io.jamesext.lemonade.imap.search.NumberSet;
import io.jamesext.lemonade.imap.search.SearchKey;
import io.jamesext.lemonade.imap.search.View;
import io.jamesext.testing.mailbox.TestJames;

/** Programs whose results change without anything happening to the mailbox. RFC 5032 section 2. */
class ContextTest {
    private final List<MessageUid> uids = new ArrayList<>();
    private Instant now = Instant.now();
    private Clock clock;
    private MailboxSource mailbox;
    private View view;
    private Context.Search search;

    @BeforeEach
    void fill() throws Exception {
        clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
        TestJames james = TestJames.create();
        MailboxSession session = james.session(TestJames.ALICE);
        MessageManager inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), session);
        mailbox = new MailboxSource(inbox, session);
        for (int seconds : new int[] {300, 100, 200}) {
            Message message = Message.Builder.of().setSubject("x").setBody("x", StandardCharsets.US_ASCII).build();
            uids.add(inbox.appendMessage(MessageManager.AppendCommand.builder()
                .withInternalDate(Date.from(now.minusSeconds(seconds))).build(message), session).getId().getUid());
        }
        view = new View((SelectedMailbox) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {SelectedMailbox.class},
            (self, method, arguments) -> switch (method.getName()) {
                case "existsCount" -> (long) uids.size();
                case "uid" -> Optional.of(uids.get((int) arguments[0] - 1));
                case "msn" -> uids.contains((MessageUid) arguments[0])
                    ? NullableMessageSequenceNumber.of(uids.indexOf((MessageUid) arguments[0]) + 1)
                    : NullableMessageSequenceNumber.noMessage();
                default -> throw new UnsupportedOperationException(method.getName());
            }), NumberSet.EMPTY);
        MailboxSearch reading = MailboxSearch.reading(clock);
        search = new Context.Search(reading, reading, clock);
    }

    private Context context(SearchKey program) {
        UidList results = UidList.of(search.all().search(program, view, mailbox).blockOptional().orElseThrow());
        return new Context(program, new MailboxOrder(), results, view, search);
    }

    private Optional<Context.Update> update(Context context, long... touched) {
        return context.update(new Contexts.Touched(touched, Set.of(touched.length == 0 ? 0 : touched[0])), view, mailbox).blockOptional();
    }

    private UidList at(int... places) {
        return UidList.of(Arrays.stream(places).mapToLong(place -> uids.get(place - 1).asLong()));
    }

    @Test
    void messagesShouldComeAndGoAsTimeGoesBy() {
        Context young = context(new SearchKey.Younger(Duration.ofSeconds(250)));
        Context old = context(new SearchKey.Older(Duration.ofSeconds(250)));
        assertThat(young.results()).isEqualTo(at(2, 3));
        assertThat(old.results()).isEqualTo(at(1));
        now = now.plusSeconds(59);
        assertThat(update(young)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(update(young)).contains(new Context.Update(List.of(new Step(2, at(3))), List.of()));
        assertThat(update(old)).contains(new Context.Update(List.of(), List.of(new Step(2, at(3)))));
        assertThat(update(old)).isEmpty();
        now = now.plusSeconds(1000);
        assertThat(update(young)).contains(new Context.Update(List.of(new Step(1, at(2))), List.of()));
        assertThat(update(old)).contains(new Context.Update(List.of(), List.of(new Step(2, at(2)))));
    }

    @Test
    void timeShouldBeNothingToOtherPrograms() {
        Context context = context(new SearchKey.Larger(1));
        now = now.plusSeconds(1000);
        assertThat(update(context)).isEmpty();
        assertThat(update(context, uids.get(0).asLong())).contains(new Context.Update(List.of(), List.of()));
    }

    @Test
    void changedFlagsShouldBeNothingToProgramsThatDoNotAskForFlags() {
        Contexts.Touched flagged = new Contexts.Touched(new long[] {uids.get(0).asLong()}, Set.of());
        assertThat(context(new SearchKey.Body("x")).update(flagged, view, mailbox).blockOptional()).isEmpty();
        assertThat(context(new SearchKey.Not(new SearchKey.Keyword("$a"))).update(flagged, view, mailbox).blockOptional()).isPresent();
    }

    @Test
    void messagesThatAreNotInTheViewShouldBePassedOver() {
        assertThat(update(context(SearchKey.And.EVERYTHING), 4_000_000_000L)).isEmpty();
    }

    @Test
    void weightShouldBeThatOfTextsAndSets() {
        assertThat(Context.weight(new SearchKey.Body("x".repeat(70_000)))).isGreaterThan(Contexts.MAX_PROGRAM_BYTES);
        assertThat(Context.weight(new SearchKey.Keyword("x".repeat(70_000)))).isGreaterThan(Contexts.MAX_PROGRAM_BYTES);
        assertThat(Context.weight(new SearchKey.UidIn(NumberSet.of(LongStream.rangeClosed(1, 2000).map(n -> 2 * n)))))
            .isGreaterThan(Contexts.MAX_PROGRAM_BYTES);
        assertThat(Context.weight(new SearchKey.UidIn(NumberSet.of(LongStream.rangeClosed(1, 2000))))).isLessThan(1000);
    }
}
