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

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import org.apache.james.blob.api.BlobStoreDAO;
import org.apache.james.core.Username;
import org.apache.james.util.ReactorUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.io.ByteSource;
import com.google.common.io.Closeables;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;
import reactor.util.retry.Retry;

/**
 * The files of users: a tree of directories and files for each, within limits. A file is written as a whole: who reads it sees the old
 * content or the new one, and two who write at once come one after the other, on whatever nodes. Directories that are missing are made;
 * none is removed while something is in it.
 */
public final class PersonalFiles {
    /** Octets of a piece: what is in memory of a file that is written or read. */
    private static final int PIECE = 1 << 20;
    /** Of changes, when others change the same tree at the same time. */
    private static final int MAX_TRIES = 20;
    private static final Logger LOGGER = LoggerFactory.getLogger(PersonalFiles.class);
    private static final String NOT_FOUND = "file is not found";

    private final FileTable table;
    private final FileContents contents;
    private final FileLimits limits;
    private final Clock clock;

    PersonalFiles(FileTable table, FileContents contents, FileLimits limits, Clock clock) {
        this.table = table;
        this.contents = contents;
        this.limits = limits;
        this.clock = clock;
    }

    /** Files that end with the process. */
    public static PersonalFiles inMemory() {
        return new PersonalFiles(new MemoryFileTable(), new MemoryFileContents(), FileLimits.DEFAULT, Clock.systemUTC());
    }

    /** Files where James keeps its mail. */
    public static PersonalFiles on(SideTables tables, BlobStoreDAO blobs) {
        return new PersonalFiles(new CassandraFileTable(tables), new BlobFileContents(blobs), FileLimits.DEFAULT, Clock.systemUTC());
    }

    /**
     * A slice of a file.
     *
     * @param file of which it is
     * @param octets fewer than asked for at the file's end
     */
    public record Slice(FileEntry file, byte[] octets) {
    }

    /** What a change does, and the content that nobody needs after it. */
    private record Plan(FileTable.Change change, FileTable.State then, Optional<FileEntry.Content> freed) {
    }

    /** What is there. Fails with {@link Failure#NO_SUCH_MESSAGE}. */
    public Mono<FileEntry> find(Username user, FilePath path) {
        return table.find(user, named(path)).switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, NOT_FOUND)));
    }

    /** What is there and is no directory, for that fails with {@link Failure#CONFLICT}. */
    public Mono<FileEntry> file(Username user, FilePath path) {
        return find(user, path).doOnNext(found -> {
            if (found.isDirectory()) {
                throw new ProtocolException(Failure.CONFLICT, "it is a directory");
            }
        });
    }

    /** What is directly in a directory, in the order of their names. Fails when there is no such directory. */
    public Flux<FileEntry> list(Username user, FilePath directory) {
        Flux<FileEntry> entries = table.list(user, directory);
        return directory.isTop() ? entries : find(user, directory).flatMapMany(found -> found.isDirectory() ? entries
            : Flux.error(new ProtocolException(Failure.CONFLICT, "it is no directory")));
    }

    /** Up to so many octets of a file, from a position in octets. */
    public Mono<Slice> slice(Username user, FilePath path, long position, int limit) {
        return Mono.defer(() -> file(user, path)
                .flatMap(file -> octets(file, position, limit)
                    .collect(() -> ByteBuffer.allocate((int) Math.min(limit, Math.max(0, file.size() - position))),
                        (all, more) -> all.put(more))
                    .map(buffer -> new Slice(file, buffer.array()))))
            // It has been replaced: the new one is there.
            .retryWhen(Retry.max(MAX_TRIES).filter(PersonalFiles::isBusy).onRetryExhaustedThrow((retry, signal) -> signal.failure()));
    }

    /** All octets, read piece by piece; opening and reading block. Fails with {@link Failure#BUSY} when the file is replaced meanwhile. */
    public ByteSource octets(FileEntry file) {
        return source(file, 0, file.size());
    }

    private ByteSource source(FileEntry file, long position, long length) {
        return new ByteSource() {
            @Override
            public InputStream openStream() {
                return ReactorUtils.toInputStream(octets(file, position, length));
            }

            @Override
            public com.google.common.base.Optional<Long> sizeIfKnown() {
                return com.google.common.base.Optional.of(length);
            }
        };
    }

    /**
     * Writes a file, in the place of the one that is there.
     *
     * @return the file. Fails with {@link Failure#TOO_BIG} or {@link Failure#OVER_QUOTA} beyond the limits, with {@link Failure#CONFLICT}
     *     when there is a directory of its name, or a file of a directory's
     */
    public Mono<FileEntry> write(Username user, FilePath path, ByteSource octets) {
        return write(user, path, octets, old -> true);
    }

    /**
     * Writes into a file; what it has before and behind these octets stays. All of it is copied, piece by piece, so that who reads sees the
     * old file or the new one.
     *
     * @param position in octets; empty for the end, where a missing file is made
     * @param octets of a known size
     * @return the file. Fails as the other does, with {@link Failure#SYNTAX} when the file ends before the position, and with
     *     {@link Failure#CONFLICT} when it is changed meanwhile
     */
    public Mono<FileEntry> write(Username user, FilePath path, Optional<Long> position, ByteSource octets) {
        return Mono.defer(() -> position.isPresent() ? file(user, path) : table.find(user, named(path)).filter(old -> !old.isDirectory()))
            .map(old -> {
                long from = position.orElse(old.size());
                long end = from + octets.sizeIfKnown().or(0L);
                if (from > old.size()) {
                    throw new ProtocolException(Failure.SYNTAX, "the file ends before the position");
                }
                ByteSource all = ByteSource.concat(source(old, 0, from), octets, source(old, end, Math.max(0, old.size() - end)));
                return write(user, path, all, now -> now.flatMap(FileEntry::content).equals(old.content()));
            })
            .switchIfEmpty(Mono.fromSupplier(() -> write(user, path, octets, Optional::isEmpty)))
            .flatMap(written -> written);
    }

    private Mono<FileEntry> write(Username user, FilePath path, ByteSource octets, Predicate<Optional<FileEntry>> expected) {
        String id = UUID.randomUUID().toString();
        return Mono.fromCallable(() -> named(path))
            .then(save(id, octets))
            .map(size -> new FileEntry(path, Optional.of(new FileEntry.Content(id, size)), now()))
            .flatMap(file -> change(user, state -> write(user, file, expected, state))
                // Only when it is sure that the tree does not name them: after a time-out it might.
                .onErrorResume(ProtocolException.class, e -> free(file.content()).then(Mono.error(e)))
                .thenReturn(file));
    }

    /** Makes a directory, and those in which it is. Fails with {@link Failure#MAILBOX_EXISTS} when there is something of its name. */
    public Mono<Void> createDirectory(Username user, FilePath path) {
        return Mono.fromCallable(() -> named(path)).then(change(user, state -> table.find(user, path)
            .<Plan>map(found -> {
                throw new ProtocolException(Failure.MAILBOX_EXISTS, "there is a file or directory of that name already");
            })
            .switchIfEmpty(missing(user, path).collectList().map(made -> plan(state, made, Optional.empty())))));
    }

    /** Removes a file or an empty directory. Fails with {@link Failure#CONFLICT} when something is in it. */
    public Mono<Void> remove(Username user, FilePath path) {
        return change(user, state -> find(user, path)
            .filterWhen(found -> found.isDirectory() ? table.list(user, path).hasElements().map(has -> !has) : Mono.just(true))
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.CONFLICT, "the directory is not empty")))
            .map(found -> new Plan(new FileTable.Change(List.of(), List.of(path)),
                new FileTable.State(state.version(), state.entries() - 1, state.octets() - found.size()), found.content())));
    }

    private Mono<Plan> write(Username user, FileEntry file, Predicate<Optional<FileEntry>> expected, FileTable.State state) {
        return table.find(user, file.path()).map(Optional::of).defaultIfEmpty(Optional.empty())
            .flatMap(old -> {
                if (old.filter(FileEntry::isDirectory).isPresent()) {
                    return Mono.error(new ProtocolException(Failure.CONFLICT, "it is a directory"));
                }
                if (!expected.test(old)) {
                    return Mono.error(new ProtocolException(Failure.CONFLICT, "the file has been changed meanwhile"));
                }
                return missing(user, file.path().parent()).concatWithValues(file).collectList().map(put -> plan(state, put, old));
            });
    }

    /** What has to be made so that the directory is there, from the top. */
    private Flux<FileEntry> missing(Username user, FilePath directory) {
        if (directory.isTop()) {
            return Flux.empty();
        }
        return table.find(user, directory)
            .doOnNext(found -> {
                if (!found.isDirectory()) {
                    throw new ProtocolException(Failure.CONFLICT, "a file has the name of a directory");
                }
            })
            .hasElement()
            .flatMapMany(exists -> exists ? Flux.empty()
                : missing(user, directory.parent()).concatWithValues(new FileEntry(directory, Optional.empty(), now())));
    }

    private Plan plan(FileTable.State state, List<FileEntry> put, Optional<FileEntry> replaced) {
        int entries = state.entries() + put.size() - (replaced.isPresent() ? 1 : 0);
        long more = put.stream().mapToLong(FileEntry::size).sum() - replaced.map(FileEntry::size).orElse(0L);
        if (entries > limits.entries()) {
            throw new ProtocolException(Failure.OVER_QUOTA, "too many files");
        }
        // A smaller content may always take a larger one's place.
        if (more > 0 && state.octets() + more > limits.totalOctets()) {
            throw new ProtocolException(Failure.OVER_QUOTA, "the files have too many octets");
        }
        return new Plan(new FileTable.Change(put, List.of()), new FileTable.State(state.version(), entries, state.octets() + more),
            replaced.flatMap(FileEntry::content));
    }

    /** Plans again as long as another is faster. */
    private Mono<Void> change(Username user, Function<FileTable.State, Mono<Plan>> plan) {
        return Mono.defer(() -> table.state(user)
                .flatMap(seen -> plan.apply(seen)
                    .filterWhen(planned -> table.change(user, seen, planned.then, planned.change)))
                .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.BUSY, "the files are being changed, try again"))))
            .retryWhen(Retry.backoff(MAX_TRIES, Duration.ofMillis(5)).maxBackoff(Duration.ofMillis(200)).scheduler(Blocking.SCHEDULER)
                .filter(PersonalFiles::isBusy).onRetryExhaustedThrow((retry, signal) -> signal.failure()))
            .flatMap(done -> free(done.freed));
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof ProtocolException refused && refused.failure() == Failure.BUSY;
    }

    /** Stores the octets in pieces and gives their number; what breaks off leaves none. */
    private Mono<Long> save(String id, ByteSource octets) {
        return Mono.usingWhen(Mono.fromSupplier(() -> new ArrayList<String>()),
            saved -> pieces(octets).index()
                .concatMap(piece -> {
                    saved.add(key(id, piece.getT1()));
                    return contents.save(key(id, piece.getT1()), checked(piece)).thenReturn((long) piece.getT2().length);
                }, 1)
                .reduce(0L, Long::sum),
            saved -> Mono.empty(),
            (saved, failure) -> contents.delete(saved),
            contents::delete);
    }

    private byte[] checked(Tuple2<Long, byte[]> piece) {
        if (piece.getT1() * PIECE + piece.getT2().length > limits.fileOctets()) {
            throw new ProtocolException(Failure.TOO_BIG, "the file is too big");
        }
        return piece.getT2();
    }

    private static Flux<byte[]> pieces(ByteSource octets) {
        return Flux.using(octets::openStream,
            in -> Flux.<byte[]>generate(sink -> {
                try {
                    byte[] piece = in.readNBytes(PIECE);
                    if (piece.length == 0) {
                        sink.complete();
                    } else {
                        sink.next(piece);
                    }
                } catch (IOException e) {
                    sink.error(e);
                }
            }),
            in -> Closeables.closeQuietly(in)).subscribeOn(Blocking.SCHEDULER);
    }

    private Flux<ByteBuffer> octets(FileEntry file, long position, long limit) {
        long end = Math.min(file.size(), position + Math.min(limit, file.size()));
        if (position >= end) {
            return Flux.empty();
        }
        String id = file.content().orElseThrow().id();
        return Flux.fromStream(() -> LongStream.rangeClosed(position / PIECE, (end - 1) / PIECE).boxed())
            .concatMap(index -> contents.read(key(id, index))
                .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.BUSY, "the file has been changed meanwhile")))
                .map(piece -> {
                    int from = (int) Math.max(0, position - index * PIECE);
                    return ByteBuffer.wrap(piece, from, (int) Math.min(piece.length, end - index * PIECE) - from);
                }), 1);
    }

    /** Whatever becomes of it: the tree has changed, or not, already. */
    private Mono<Void> free(Optional<FileEntry.Content> content) {
        return Mono.justOrEmpty(content)
            .flatMap(old -> contents.delete(LongStream.range(0, (old.size() + PIECE - 1) / PIECE)
                .mapToObj(index -> key(old.id(), index)).toList()))
            .onErrorResume(failure -> {
                LOGGER.warn("a file's content could not be removed, and nothing names it any more", failure);
                return Mono.empty();
            });
    }

    private static String key(String id, long index) {
        return id + "-" + index;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static FilePath named(FilePath path) {
        if (path.isTop()) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "not a possible file name");
        }
        return path;
    }
}
