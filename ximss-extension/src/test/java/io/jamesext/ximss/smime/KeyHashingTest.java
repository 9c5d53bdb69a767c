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
package io.jamesext.ximss.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

class KeyHashingTest {
    private final KeyHashing hashing = new KeyHashing();
    private final CountDownLatch release = new CountDownLatch(1);

    private CompletableFuture<String> begin(String user) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> work = CompletableFuture.supplyAsync(() -> {
            try {
                return hashing.call(Username.of(user), () -> {
                    begun.countDown();
                    release.await();
                    return "done";
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, task -> new Thread(task).start());
        begun.await();
        return work;
    }

    private void assertBusy(String user) {
        assertThatThrownBy(() -> hashing.call(Username.of(user), () -> "done")).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.BUSY));
    }

    @Test
    void userShouldHaveOneAtATime() throws Exception {
        CompletableFuture<String> work = begin("alice@example.org");
        assertBusy("alice@example.org");
        assertThat(hashing.call(Username.of("bob@example.org"), () -> "done")).isEqualTo("done");
        release.countDown();
        assertThat(work.get()).isEqualTo("done");
        assertThat(hashing.call(Username.of("alice@example.org"), () -> "done")).isEqualTo("done");
    }

    @Test
    void allTogetherShouldNotTakeTheWholeNode() throws Exception {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            begin("user" + i + "@example.org");
        }
        assertBusy("alice@example.org");
        release.countDown();
    }

    @Test
    void workThatFailsShouldLeaveRoom() {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> hashing.call(Username.of("alice@example.org"), () -> {
                throw new IllegalStateException("broken");
            })).isInstanceOf(IllegalStateException.class);
        }
    }
}
