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

package io.jamesext.lemonade.imap.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.netty.channel.embedded.EmbeddedChannel;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class PaceTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Pace pace = new Pace(channel);
    private final List<Object> taken = new ArrayList<>();

    @Test
    void itemsShouldComeWhileTheChannelIsWritable() {
        subscribe(Flux.range(1, 3).doOnNext(item -> writable(item < 2)));
        assertThat(taken).containsExactly(1);
        writable(true);
        assertThat(taken).containsExactly(1, 2, 3, "end");
    }

    @Test
    void clientThatTakesNothingShouldBeLeft() {
        writable(false);
        subscribe(Flux.just(1));
        channel.advanceTimeBy(Pace.PATIENCE_SECONDS - 1, TimeUnit.SECONDS);
        writable(false);
        channel.advanceTimeBy(Pace.PATIENCE_SECONDS - 1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isActive()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isActive()).isFalse();
        pace.changed();
        assertThat(taken).containsExactly(ClosedChannelException.class);
    }

    @Test
    void clientThatTakesSomethingShouldBeWaitedFor() {
        writable(false);
        subscribe(Flux.just(1));
        writable(true);
        channel.advanceTimeBy(Pace.PATIENCE_SECONDS, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isActive()).isTrue();
        assertThat(taken).containsExactly(1, "end");
    }

    @Test
    void otherThreadsShouldWaitWithoutBlocking() throws Exception {
        writable(false);
        subscribe(Flux.range(1, 2).subscribeOn(Schedulers.parallel()));
        Thread.sleep(100);
        channel.runPendingTasks();
        assertThat(taken).isEmpty();
        writable(true);
        for (int i = 0; i < 100 && taken.size() < 3; i++) {
            Thread.sleep(10);
            channel.runPendingTasks();
        }
        assertThat(taken).containsExactly(1, 2, "end");
    }

    private void subscribe(Flux<Integer> items) {
        items.concatMap(item -> pace.taken().thenReturn(item), 1)
            .subscribe(taken::add, e -> taken.add(e.getClass()), () -> taken.add("end"));
    }

    private void writable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        pace.changed();
    }
}
