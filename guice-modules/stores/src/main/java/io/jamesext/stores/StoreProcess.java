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

package io.jamesext.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One store that this process has started. */
public final class StoreProcess implements AutoCloseable {
    private final String title;
    private final SupervisedProcess process;
    private final Path log;
    private final SignOfLife signOfLife;
    private final List<SupervisedProcess> servants;
    private volatile boolean stopping;

    /** The servants are processes that this one needs; they end after it. */
    StoreProcess(String title, SupervisedProcess process, Path log, SignOfLife signOfLife, SupervisedProcess... servants) {
        this.title = title;
        this.process = process;
        this.log = log;
        this.signOfLife = signOfLife;
        this.servants = List.of(servants);
    }

    public String title() {
        return title;
    }

    /** What it logs. */
    public Path log() {
        return log;
    }

    /** The store's own process, once it has started. */
    public Optional<ProcessHandle> program() {
        return process.program();
    }

    /** Whether the store can be used; fails when its process has ended. */
    boolean answers() {
        if (!process.isRunning()) {
            throw died("ended while it was starting");
        }
        try {
            signOfLife.check();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    LaunchFailure died(String how) {
        return new LaunchFailure(title + " " + how + process.lastWords(log), "The whole log is in " + log + " and " + process.console());
    }

    /** Says so when the store ends without having been stopped. */
    void watch(Consumer<LaunchFailure> listener) {
        process.onEnd(() -> {
            if (!stopping) {
                listener.accept(died("has ended by itself"));
            }
        });
    }

    /** Stops the store and returns when it is gone. */
    @Override
    public void close() {
        stopping = true;
        process.close();
        servants.forEach(SupervisedProcess::close);
    }
}
