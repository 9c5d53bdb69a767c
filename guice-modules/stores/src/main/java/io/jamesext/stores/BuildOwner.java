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

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The process that the stores of a build live and die with.
 *
 * @param pid of it
 * @param start of it, as the number will be given to another process one day
 */
record BuildOwner(long pid, Instant start) {
    /** The nearest Java above this process, which is Maven's when Maven runs the tests; or else this process. */
    static BuildOwner find() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.iterate(self.parent(), Optional::isPresent, process -> process.flatMap(ProcessHandle::parent))
            .flatMap(Optional::stream)
            .filter(BuildOwner::isJava)
            .findFirst()
            .map(BuildOwner::of)
            .orElseGet(() -> of(self));
    }

    /** Reads what {@link #toString} wrote. */
    static Optional<BuildOwner> parse(String text) {
        String[] parts = text.split("-", -1);
        return text.matches("\\d{1,18}-\\d{1,18}")
            ? Optional.of(new BuildOwner(Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1]))))
            : Optional.empty();
    }

    /** Its process, while it lives. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> of(process).equals(this));
    }

    /** Good for the name of a folder. */
    @Override
    public String toString() {
        return pid + "-" + start.toEpochMilli();
    }

    private static BuildOwner of(ProcessHandle process) {
        return new BuildOwner(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().map(command -> Path.of(command).getFileName().toString().equals("java")).orElse(false);
    }
}
