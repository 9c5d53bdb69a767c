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
package io.jamesext.groupware.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.core.Username;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.google.common.io.ByteSource;
import com.google.common.primitives.Bytes;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writing into files that are there, on James's memory and on its Cassandra. */
@BothBackends
class WriteIntoFilesTest {
    private static final FileLimits LIMITS = new FileLimits(12, 3 << 20, 4 << 20);

    /** The tables outlive a test. */
    private final Username user = Username.of("user" + new Random().nextLong() + "@example.org");
    private final Set<String> pieces = ConcurrentHashMap.newKeySet();
    private PersonalFiles files;

    @BeforeEach
    void setUp() throws Exception {
        TestJames james = TestJames.create();
        FileTable table = james.cassandra().map(SideTables::create).<FileTable>map(CassandraFileTable::new)
            .orElseGet(MemoryFileTable::new);
        FileContents contents = james.blobs().<FileContents>map(BlobFileContents::new).orElseGet(MemoryFileContents::new);
        files = new PersonalFiles(table, new PersonalFilesTest.Counted(contents, pieces), LIMITS, Clock.systemUTC());
    }

    private void write(String path, byte[] octets) {
        files.write(user, FilePath.of(path), ByteSource.wrap(octets)).block();
    }

    private void into(String path, Optional<Long> position, byte[] octets) {
        files.write(user, FilePath.of(path), position, ByteSource.wrap(octets)).block();
    }

    private byte[] read(String path, long position, int limit) {
        return files.slice(user, FilePath.of(path), position, limit).map(PersonalFiles.Slice::octets).blockOptional().orElseThrow();
    }

    private static byte[] random(int size) {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        return octets;
    }

    /** Over the borders of pieces, into the middle and at the end, also of a file that there is not. */
    @Test
    void theRestShouldStay() {
        byte[] old = random(2_500_000);
        byte[] more = random(1_200_000);
        write("a", old);
        into("a", Optional.of(1_000_000L), more);
        assertThat(read("a", 0, 3 << 20))
            .isEqualTo(Bytes.concat(Arrays.copyOf(old, 1_000_000), more, Arrays.copyOfRange(old, 2_200_000, 2_500_000)));
        into("a", Optional.of(2_500_000L), new byte[] {1});
        into("a", Optional.of(0L), new byte[] {2});
        into("a", Optional.empty(), new byte[] {3});
        assertThat(read("a", 2_499_999, 10)).isEqualTo(new byte[] {old[2_499_999], 1, 3});
        assertThat(read("a", 0, 1)).isEqualTo(new byte[] {2});
        into("dir/new", Optional.empty(), new byte[] {4});
        assertThat(read("dir/new", 0, 10)).isEqualTo(new byte[] {4});
        assertThat(pieces).hasSize(4);
    }

    @Test
    void whatCannotBeWrittenShouldLeaveNothing() {
        write("dir/a", new byte[3]);
        assertRefused(Failure.SYNTAX, "dir/a", Optional.of(4L));
        assertRefused(Failure.NO_SUCH_MESSAGE, "b", Optional.of(0L));
        assertRefused(Failure.CONFLICT, "dir", Optional.empty());
        assertRefused(Failure.CONFLICT, "dir", Optional.of(0L));
        assertThat(pieces).hasSize(1);
    }

    private void assertRefused(Failure failure, String path, Optional<Long> position) {
        assertThatThrownBy(() -> into(path, position, new byte[1])).isInstanceOfSatisfying(ProtocolException.class,
            refused -> assertThat(refused.failure()).isEqualTo(failure));
    }

    /** Several add to the end at once: none of what they were told is written gets lost. */
    @Test
    void whatOthersAddShouldNotGetLost() {
        write("log", new byte[0]);
        List<Integer> added = Flux.range(0, 20)
            .flatMap(i -> files.write(user, FilePath.of("log"), Optional.empty(), ByteSource.wrap(new byte[] {1}))
                .thenReturn(1).onErrorResume(ProtocolException.class, refused -> Mono.empty()), 8)
            .collectList().blockOptional().orElseThrow();
        assertThat(added).isNotEmpty();
        assertThat(read("log", 0, 100)).hasSize(added.size());
    }
}
