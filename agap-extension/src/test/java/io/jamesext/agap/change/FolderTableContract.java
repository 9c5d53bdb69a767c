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
package io.jamesext.agap.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;

/** What every index of folders does. */
interface FolderTableContract {
    /** A clock as it is in life: milliseconds. */
    long NOW = 1_700_000_000_000L;

    /** One where nothing is known of the user. */
    FolderTable table();

    /** A user that no other test uses. */
    Username user();

    private Account account() {
        return table().account(user()).block();
    }

    private FolderRow row(String mailbox) {
        return account().folders().stream().filter(row -> row.mailbox().equals(mailbox)).findFirst().orElseThrow();
    }

    private void add(String mailbox, String name, long seed) {
        table().add(user(), mailbox, name, seed).block();
    }

    private void begin() {
        table().raiseClock(user(), NOW).block();
    }

    @Test
    default void nothingShouldBeKnownOfANewUser() {
        assertThat(table().account(user()).blockOptional()).isEmpty();
        assertThat(table().knows(user()).block()).isFalse();
        assertThat(table().left(user()).block()).isEmpty();
    }

    @Test
    default void aClockShouldMakeAUserKnown() {
        begin();
        assertThat(account()).isEqualTo(new Account(NOW, 0, account().folders()));
        assertThat(account().folders()).isEmpty();
        assertThat(table().knows(user()).block()).isTrue();
    }

    @Test
    default void clockAndRootShouldNeverSink() {
        Flux.fromStream(LongStream.rangeClosed(1, 20).boxed())
            .flatMap(n -> table().raiseClock(user(), NOW + n * 7 % 20).then(table().raiseRoot(user(), NOW + n * 3 % 20))
                .subscribeOn(Blocking.SCHEDULER), 20)
            .blockLast();
        assertThat(account().clock()).isEqualTo(NOW + 19);
        assertThat(account().root()).isEqualTo(NOW + 19);
    }

    @Test
    default void aFolderShouldBeAddedOnce() {
        begin();
        add("m1", "INBOX", NOW + 1);
        add("m1", "Other", NOW + 2);
        add("m2", "Second", NOW + 3);
        assertThat(account().folders()).hasSize(2);
        assertThat(row("m1").name()).isEqualTo("INBOX");
        assertThat(row("m1").seed()).isEqualTo(NOW + 1);
    }

    @Test
    default void countsShouldNeverSinkAndEachByItself() {
        begin();
        add("m1", "INBOX", NOW);
        table().raise(user(), row("m1"), 10, 5).block();
        table().raise(user(), row("m1"), 9, 6).block();
        table().raise(user(), row("m1"), 11, 4).block();
        assertThat(row("m1").fcid()).isEqualTo(new Fcid(NOW, 11, 6));
        Flux.fromStream(LongStream.rangeClosed(1, 40).boxed())
            .flatMap(n -> table().raise(user(), row("m1"), n * 7 % 41, n * 3 % 41).subscribeOn(Blocking.SCHEDULER), 20)
            .blockLast();
        assertThat(row("m1").fcid()).isEqualTo(new Fcid(NOW, 40, 40));
    }

    @Test
    default void oneFolderShouldBeFound() {
        begin();
        add("m1", "INBOX", NOW);
        assertThat(table().folder(user(), "m1").block()).isEqualTo(row("m1"));
        assertThat(table().folder(user(), "m2").blockOptional()).isEmpty();
    }

    @Test
    default void renumberingShouldNotSink() {
        begin();
        add("m1", "INBOX", NOW);
        table().renumber(user(), "m1", NOW + 2, 42).block();
        table().renumber(user(), "m1", NOW + 1, 41).block();
        assertThat(row("m1").ucid()).isEqualTo(NOW + 2);
        assertThat(row("m1").uidValidity()).isEqualTo(42);
    }

    @Test
    default void namesAndSeedsShouldChange() {
        begin();
        add("m1", "INBOX", NOW);
        table().rename(user(), "m1", "été").block();
        table().reseed(user(), "m1", NOW + 5).block();
        table().reseed(user(), "m1", NOW + 4).block();
        assertThat(row("m1").name()).isEqualTo("été");
        assertThat(row("m1").seed()).isEqualTo(NOW + 5);
    }

    @Test
    default void aRemovedFolderShouldStayAway() {
        begin();
        add("m1", "INBOX", NOW);
        add("m2", "Second", NOW + 1);
        FolderRow first = row("m1");
        table().raise(user(), first, 10, 5).block();
        table().remove(user(), "m1").block();
        table().remove(user(), "m3").block();
        table().raise(user(), first, 11, 6).block();
        table().rename(user(), "m1", "Late").block();
        table().reseed(user(), "m1", NOW + 9).block();
        assertThat(account().folders()).extracting(FolderRow::mailbox).containsExactly("m2");
        assertThat(table().folder(user(), "m1").blockOptional()).isEmpty();
    }

    @Test
    default void aRemovedFolderShouldComeBackAsANewOne() {
        begin();
        add("m1", "INBOX", NOW);
        table().raise(user(), row("m1"), 10, 5).block();
        table().remove(user(), "m1").block();
        long later = System.currentTimeMillis() + 5;
        add("m1", "Again", later);
        table().raise(user(), row("m1"), 3, 2).block();
        assertThat(row("m1").fcid()).isEqualTo(new Fcid(later, 3, 2));
    }

    @Test
    default void namesThatWereLeftShouldBeRemembered() {
        begin();
        table().leave(user(), Map.of("a", 1L, "b", 2L)).block();
        table().leave(user(), Map.of("b", 3L)).block();
        assertThat(table().left(user()).block()).isEqualTo(Map.of("a", 1L, "b", 3L));
        assertThat(account().folders()).isEmpty();
    }

    @Test
    default void usersShouldBeApart() {
        begin();
        add("m1", "INBOX", NOW);
        Username other = Username.of("other-" + user().asString());
        assertThat(table().account(other).blockOptional()).isEqualTo(Optional.empty());
    }
}
