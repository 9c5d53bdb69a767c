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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.core.Username;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.google.common.base.Strings;
import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The contract of users' files, with small limits, on James's memory and on its Cassandra. */
@BothBackends
class PersonalFilesTest {
    private static final int MIB = 1 << 20;
    private static final FileLimits LIMITS = new FileLimits(12, 3 * MIB, 4 * MIB);

    private final Set<String> pieces = ConcurrentHashMap.newKeySet();
    /** The tables outlive a test. */
    private final Username user = Username.of("user" + new Random().nextLong() + "@example.org");
    private FileTable table;
    private FileContents contents;
    private PersonalFiles files;

    /** Knows the pieces that there are. */
    record Counted(FileContents all, Set<String> pieces) implements FileContents {
        @Override
        public Mono<Void> save(String key, byte[] piece) {
            return all.save(key, piece).doOnSuccess(saved -> pieces.add(key));
        }

        @Override
        public Mono<byte[]> read(String key) {
            return all.read(key);
        }

        @Override
        public Mono<Void> delete(List<String> keys) {
            return all.delete(keys).doOnSuccess(deleted -> keys.forEach(pieces::remove));
        }
    }

    @BeforeEach
    void setUp() throws Exception {
        TestJames james = TestJames.create();
        table = james.cassandra().map(SideTables::create).<FileTable>map(CassandraFileTable::new).orElseGet(MemoryFileTable::new);
        contents = james.blobs().<FileContents>map(BlobFileContents::new).orElseGet(MemoryFileContents::new);
        files = new PersonalFiles(table, new Counted(contents, pieces), LIMITS, Clock.systemUTC());
    }

    private void write(String path, String text) {
        files.write(user, FilePath.of(path), ByteSource.wrap(text.getBytes(StandardCharsets.UTF_8))).block();
    }

    private void write(String path, byte[] octets) {
        files.write(user, FilePath.of(path), ByteSource.wrap(octets)).block();
    }

    private String read(String path) {
        return new String(read(path, 0, LIMITS.fileOctets()), StandardCharsets.UTF_8);
    }

    private byte[] read(String path, long position, long limit) {
        return files.slice(user, FilePath.of(path), position, (int) limit).map(PersonalFiles.Slice::octets).blockOptional().orElseThrow();
    }

    private List<String> list(String directory) {
        return files.list(user, FilePath.of(directory)).map(entry -> entry.path().asString() + (entry.isDirectory() ? "/" : ""))
            .collectList().blockOptional().orElseThrow();
    }

    private static void assertRefused(Failure failure, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProtocolException.class,
            refused -> assertThat(refused.failure()).isEqualTo(failure));
    }

    private static byte[] random(int size) {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        return octets;
    }

    @Test
    void writtenFileShouldBeThereWithItsDirectories() {
        write("private/IM/bob.log", "hello");
        assertThat(read("/private/IM/bob.log")).isEqualTo("hello");
        assertThat(list("")).containsExactly("private/");
        assertThat(list("private")).containsExactly("private/IM/");
        assertThat(list("private/IM")).containsExactly("private/IM/bob.log");
        FileEntry file = files.find(user, FilePath.of("private/IM/bob.log")).blockOptional().orElseThrow();
        assertThat(file.size()).isEqualTo(5);
        assertThat(table.state(user).block()).isEqualTo(new FileTable.State(1, 3, 5));
    }

    @Test
    void nobodyElseShouldHaveIt() {
        write("a", "mine");
        Username other = Username.of("other" + user.asString());
        assertThat(files.list(other, FilePath.TOP).collectList().block()).isEmpty();
        assertRefused(Failure.NO_SUCH_MESSAGE, () -> files.slice(other, FilePath.of("a"), 0, 10).block());
        assertRefused(Failure.NO_SUCH_MESSAGE, () -> files.remove(other, FilePath.of("a")).block());
        files.write(other, FilePath.of("a"), ByteSource.wrap(new byte[0])).block();
        assertThat(read("a")).isEqualTo("mine");
    }

    @Test
    void replacingShouldFreeTheOldPieces() {
        write("a", random(2 * MIB + 1));
        assertThat(pieces).hasSize(3);
        String old = pieces.iterator().next();
        write("a", "new");
        assertThat(pieces).hasSize(1);
        assertThat(contents.read(old).blockOptional()).isEmpty();
        assertThat(read("a")).isEqualTo("new");
        assertThat(table.state(user).block()).isEqualTo(new FileTable.State(2, 1, 3));
    }

    @Test
    void removingShouldFreeThePieces() {
        write("d/a", "1");
        write("b", "");
        files.remove(user, FilePath.of("d/a")).block();
        files.remove(user, FilePath.of("d")).block();
        files.remove(user, FilePath.of("b")).block();
        assertThat(pieces).isEmpty();
        assertThat(list("")).isEmpty();
        assertThat(table.state(user).block()).isEqualTo(new FileTable.State(5, 0, 0));
        assertRefused(Failure.NO_SUCH_MESSAGE, () -> files.remove(user, FilePath.of("b")).block());
    }

    @Test
    void slicesShouldBeTheFilesOctetsOverTheBordersOfPieces() {
        byte[] octets = random(2 * MIB + 7);
        write("a", octets);
        for (int[] slice : new int[][] {{0, 10}, {MIB - 3, 6}, {MIB, MIB}, {MIB - 1, MIB + 2}, {2 * MIB + 5, 100}, {0, octets.length}}) {
            int end = Math.min(octets.length, slice[0] + slice[1]);
            assertThat(read("a", slice[0], slice[1])).isEqualTo(Arrays.copyOfRange(octets, slice[0], end));
        }
        assertThat(read("a", octets.length, 1)).isEmpty();
        assertThat(read("a", Long.MAX_VALUE / 2, 1)).isEmpty();
        assertThat(read("a", 5, 0)).isEmpty();
    }

    @Test
    void allOctetsShouldBeStreamed() throws Exception {
        byte[] octets = random(2 * MIB + 7);
        write("a", octets);
        ByteSource source = files.octets(files.file(user, FilePath.of("a")).blockOptional().orElseThrow());
        assertThat(source.read()).isEqualTo(octets);
    }

    @Test
    void readerShouldHearThatTheFileIsAnotherOne() {
        write("a", "old");
        FileEntry old = files.file(user, FilePath.of("a")).blockOptional().orElseThrow();
        write("a", "new");
        assertRefused(Failure.BUSY, () -> files.octets(old).read());
    }

    @Test
    void directoriesAndFilesShouldNotTakeEachOthersPlace() {
        write("d/a", "1");
        assertRefused(Failure.CONFLICT, () -> write("d", "1"));
        assertRefused(Failure.CONFLICT, () -> write("d/a/b", "1"));
        assertRefused(Failure.CONFLICT, () -> files.slice(user, FilePath.of("d"), 0, 1).block());
        assertRefused(Failure.CONFLICT, () -> files.list(user, FilePath.of("d/a")).blockLast());
        assertRefused(Failure.CONFLICT, () -> files.remove(user, FilePath.of("d")).block());
        assertRefused(Failure.MAILBOX_EXISTS, () -> files.createDirectory(user, FilePath.of("d")).block());
        assertRefused(Failure.MAILBOX_EXISTS, () -> files.createDirectory(user, FilePath.of("d/a")).block());
        assertRefused(Failure.CONFLICT, () -> files.createDirectory(user, FilePath.of("d/a/b")).block());
        assertRefused(Failure.NO_SUCH_MESSAGE, () -> files.list(user, FilePath.of("missing")).blockLast());
        assertThat(pieces).hasSize(1);
        assertThat(table.state(user).block()).isEqualTo(new FileTable.State(1, 2, 1));
    }

    @Test
    void topDirectoryShouldBeNoFile() {
        assertRefused(Failure.BAD_MAILBOX_NAME, () -> write("/", "1"));
        assertRefused(Failure.BAD_MAILBOX_NAME, () -> files.remove(user, FilePath.TOP).block());
        assertRefused(Failure.BAD_MAILBOX_NAME, () -> files.createDirectory(user, FilePath.TOP).block());
        assertRefused(Failure.BAD_MAILBOX_NAME, () -> files.find(user, FilePath.TOP).block());
    }

    @Test
    void limitsShouldHold() {
        write("a", random(3 * MIB));
        assertRefused(Failure.TOO_BIG, () -> write("a", random(3 * MIB + 1)));
        assertRefused(Failure.OVER_QUOTA, () -> write("b", random(MIB + 1)));
        write("b", random(MIB));
        write("b", random(MIB - 1));
        assertRefused(Failure.OVER_QUOTA, () -> write("c", "22"));
        for (int i = 0; i < 10; i++) {
            files.createDirectory(user, FilePath.of("d" + i)).block();
        }
        assertRefused(Failure.OVER_QUOTA, () -> write("c", "1"));
        assertRefused(Failure.OVER_QUOTA, () -> files.createDirectory(user, FilePath.of("d9/c")).block());
        write("b", "1");
        assertThat(pieces).hasSize(4);
    }

    @Test
    void whatBreaksOffShouldLeaveNothing() {
        ByteSource broken = new ByteSource() {
            @Override
            public InputStream openStream() {
                return new SequenceInputStream(new ByteArrayInputStream(new byte[MIB]), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("broken");
                    }
                });
            }
        };
        write("a", "old");
        assertThatThrownBy(() -> files.write(user, FilePath.of("a"), broken).block()).hasRootCauseInstanceOf(IOException.class);
        assertThat(read("a")).isEqualTo("old");
        assertThat(pieces).hasSize(1);
    }

    @Test
    void contentThatCannotBeRemovedShouldNotUndoTheChange() {
        FileContents keeping = new FileContents() {
            @Override
            public Mono<Void> save(String key, byte[] piece) {
                return contents.save(key, piece);
            }

            @Override
            public Mono<byte[]> read(String key) {
                return contents.read(key);
            }

            @Override
            public Mono<Void> delete(List<String> keys) {
                return Mono.error(new IOException("out of order"));
            }
        };
        files = new PersonalFiles(table, keeping, LIMITS, Clock.systemUTC());
        write("a", "old");
        write("a", "new");
        assertThat(read("a")).isEqualTo("new");
        files.remove(user, FilePath.of("a")).block();
        assertThat(list("")).isEmpty();
    }

    @Test
    void changesAtTheSameTimeShouldComeOneAfterTheOther() {
        Flux.range(0, 6).flatMap(i -> files.write(user, FilePath.of("d/" + i % 3), ByteSource.wrap(new byte[i]))
            .subscribeOn(Schedulers.boundedElastic())).blockLast();
        assertThat(list("d")).containsExactly("d/0", "d/1", "d/2");
        long octets = files.list(user, FilePath.of("d")).map(FileEntry::size).reduce(0L, Long::sum).blockOptional().orElseThrow();
        assertThat(table.state(user).block()).isEqualTo(new FileTable.State(6, 4, octets));
        assertThat(pieces).hasSize((int) files.list(user, FilePath.of("d")).filter(file -> file.size() > 0).count().block().longValue());
    }

    @Test
    void namesThatLookTheSameShouldBeTheSame() {
        write("A\u0308", "1");
        assertThat(list("")).containsExactly("\u00c4");
        assertThat(read("\u00c4")).isEqualTo("1");
    }

    @Test
    void impossibleNamesShouldBeRefused() {
        for (String name : List.of("..", ".", "a/../b", "a//b", "a/", "//a", "a\u0000b", "a\nb", "a\u0085", "a\u2028", "\ud800",
            Strings.repeat("x", 256), Strings.repeat("\u00e4", 128), Strings.repeat("a/", 16) + "a", Strings.repeat("x", 100_000))) {
            assertRefused(Failure.BAD_MAILBOX_NAME, () -> FilePath.of(name));
        }
        assertThat(FilePath.of(Strings.repeat("a/", 15) + "...").names()).hasSize(16);
        assertThat(FilePath.of(Strings.repeat("\u00e4", 127) + "x").name()).hasSize(128);
    }

    @Test
    void nothingShouldHappenBeforeTheSubscription() {
        files.write(user, FilePath.of("a"), ByteSource.wrap(new byte[1]));
        files.createDirectory(user, FilePath.of("d"));
        assertThat(list("")).isEmpty();
        assertThat(pieces).isEmpty();
    }
}
