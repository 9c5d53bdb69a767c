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
package io.jamesext.converter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.jamesext.converter.Outcome.Result;
import io.jamesext.converter.Task.Picture;

/** Processes that hang, are killed, or work for nobody. */
@Timeout(120)
class ConverterProcessesTest {
    /** A process that is stopped is one that hangs, on every machine and for any time. */
    @Test
    void whatTakesTooLongShouldBeKilledAndTheNextConverted() throws Exception {
        try (Converter hasty = new Converter(new Converter.Limits(20 << 20, 2 << 20, 4_000_000, Duration.ofSeconds(8), 1, 256))) {
            Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
            Task small = new Task(Task.Kind.HTML, "text/html", "text/plain", "", Picture.ANY, "<p>fine".getBytes(UTF_8));
            assertThat(hasty.convert(small).get().result()).isEqualTo(Result.CONVERTED);
            ProcessHandle process = ProcessHandle.current().children().filter(child -> !before.contains(child)).findFirst().orElseThrow();
            stop(process);
            assertThat(hasty.convert(small).get().result()).isEqualTo(Result.TIMED_OUT);
            process.onExit().get();
            assertThat(hasty.convert(small).get().result()).isEqualTo(Result.CONVERTED);
        }
    }

    @Test
    void moreThanCanWaitShouldBeRefusedAtOnce() throws Exception {
        try (Converter busy = new Converter(Converter.Limits.DEFAULT)) {
            Task task = new Task(Task.Kind.HTML, "text/html", "text/plain", "", Picture.ANY, "<p>x".getBytes(UTF_8));
            List<CompletableFuture<Outcome>> all = Stream.generate(() -> busy.convert(task)).limit(100).toList();
            List<Result> results = all.stream().map(CompletableFuture::join).map(Outcome::result).toList();
            assertThat(results).containsOnly(Result.CONVERTED, Result.UNAVAILABLE);
        }
    }

    /** Who goes leaves nothing behind: no octets in the queue, and no process that works for nobody. */
    @Test
    void whatIsCancelledShouldNotBeConverted() throws Exception {
        try (Converter converter = new Converter(new Converter.Limits(20 << 20, 2 << 20, 4_000_000, Duration.ofSeconds(100), 1, 128))) {
            Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
            Task small = new Task(Task.Kind.HTML, "text/html", "text/plain", "", Picture.ANY, "<p>fine".getBytes(UTF_8));
            assertThat(converter.convert(small).get().result()).isEqualTo(Result.CONVERTED);
            ProcessHandle process = ProcessHandle.current().children().filter(child -> !before.contains(child)).findFirst().orElseThrow();
            stop(process);
            List<CompletableFuture<Outcome>> all = new ArrayList<>();
            // One is being done when there are more than can wait.
            while (all.size() < 17) {
                all.add(converter.convert(small));
                all.removeIf(CompletableFuture::isDone);
            }
            all.forEach(outcome -> outcome.cancel(false));
            process.onExit().get(20, TimeUnit.SECONDS);
            assertThat(converter.convert(small).get(20, TimeUnit.SECONDS).result()).isEqualTo(Result.CONVERTED);
        }
    }

    /** Longer than any timer can be set: what the thread throws is not the process's fault, nor the content's. */
    @Test
    void errorInTheThreadShouldLetNobodyWait() throws Exception {
        Duration never = Duration.ofSeconds(Long.MAX_VALUE);
        try (Converter converter = new Converter(new Converter.Limits(20 << 20, 2 << 20, 4_000_000, never, 1, 128))) {
            Task small = new Task(Task.Kind.HTML, "text/html", "text/plain", "", Picture.ANY, "<p>fine".getBytes(UTF_8));
            assertThat(converter.convert(small).get(20, TimeUnit.SECONDS).result()).isEqualTo(Result.UNAVAILABLE);
        }
    }

    /** What the kernel or an operator ends is not the content's fault. */
    @Test
    void processThatIsKilledShouldBlameNoContent() throws Exception {
        try (Converter converter = new Converter(Converter.Limits.DEFAULT)) {
            Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
            Task small = new Task(Task.Kind.HTML, "text/html", "text/plain", "", Picture.ANY, "<p>fine".getBytes(UTF_8));
            assertThat(converter.convert(small).get().result()).isEqualTo(Result.CONVERTED);
            ProcessHandle process = ProcessHandle.current().children().filter(child -> !before.contains(child)).findFirst().orElseThrow();
            stop(process);
            // One thread has the process, and the other starts its own.
            List<CompletableFuture<Outcome>> both = List.of(converter.convert(small), converter.convert(small));
            CompletableFuture.anyOf(both.toArray(CompletableFuture[]::new)).get();
            process.destroyForcibly();
            assertThat(both).extracting(outcome -> outcome.get().result())
                .containsExactlyInAnyOrder(Result.CONVERTED, Result.UNAVAILABLE);
        }
    }

    @Test
    void processShouldEndWithItsConverter() throws Exception {
        Converter converter = new Converter(Converter.Limits.DEFAULT);
        Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
        converter.convert(new Task(Task.Kind.HTML, "text/html", "text/plain", "", Picture.ANY, "<p>x".getBytes(UTF_8))).get();
        List<ProcessHandle> started = ProcessHandle.current().children().filter(process -> !before.contains(process)).toList();
        assertThat(started).hasSize(1);
        converter.close();
        started.get(0).onExit().get();
    }

    private static void stop(ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor()).isZero();
        // A busy machine takes its time.
        while (!Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat")).contains(") T ")) {
            Thread.sleep(1);
        }
    }
}
