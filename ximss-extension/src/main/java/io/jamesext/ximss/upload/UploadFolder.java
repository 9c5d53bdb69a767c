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
package io.jamesext.ximss.upload;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.io.MoreFiles;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Where a node keeps uploaded files: a folder of its own, which only its user can read, beside those of other nodes of the machine. It
 * is locked as long as the process lives, so the next one can tell what a crash has left, and removes that. Safe from any thread.
 */
public final class UploadFolder {
    /** Of all sessions, in octets: protects the disk. */
    private static final long MAX_OCTETS = 4L << 30;
    /** What an empty file takes of it. */
    private static final int BLOCK = 4096;
    private static final String PREFIX = "jamesext-uploads-";
    private static final String LOCK = "lock";
    private static final Logger LOGGER = LoggerFactory.getLogger(UploadFolder.class);

    private final Path parent;
    private final long maxOctets;
    private final AtomicLong octets = new AtomicLong();
    private @Nullable Path folder;
    /** Held until the process ends. */
    private @Nullable FileLock lock;

    /**
     * @param parent where the folders of all nodes are
     * @param maxOctets how much all sessions together may have, where each file counts with 4096 octets besides what it holds
     */
    public UploadFolder(Path parent, long maxOctets) {
        this.parent = parent;
        this.maxOctets = maxOctets;
    }

    /** In the machine's folder for temporary files, up to 4 GiB. */
    public static UploadFolder ofMachine() {
        return new UploadFolder(Path.of(System.getProperty("java.io.tmpdir")), MAX_OCTETS);
    }

    /** Makes the folder and removes what dead processes have left; nothing the second time. Blocks. */
    public synchronized Path open() throws IOException {
        if (folder == null) {
            Path own = Files.createTempDirectory(parent, processPrefix());
            own.toFile().deleteOnExit();
            own.resolve(LOCK).toFile().deleteOnExit();
            // It has its name only once it is locked, or another process that starts now could take it for left.
            Path locked = Files.createTempFile(own, null, null);
            lock = FileChannel.open(locked, StandardOpenOption.WRITE).lock();
            Files.move(locked, own.resolve(LOCK));
            folder = own;
            removeLeft(Files.getOwner(own));
        }
        return folder;
    }

    /** A new file. Blocks. */
    Path newFile() throws IOException {
        return Files.createTempFile(open(), null, null);
    }

    /** Reserves the room of an empty file. */
    void reserveFile() {
        reserve(BLOCK);
    }

    /** Fails with {@link Failure#BUSY} when all sessions together would hold too much. */
    void reserve(int more) {
        if (octets.addAndGet(more) > maxOctets) {
            octets.addAndGet(-more);
            throw new ProtocolException(Failure.BUSY, "too many files are uploaded to this server, try again later");
        }
    }

    /** Gives back the room of a file that held so many octets. */
    void releaseFile(long size) {
        octets.addAndGet(-size - BLOCK);
    }

    private void removeLeft(UserPrincipal self) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path other : others) {
                // The folder for temporary files is everybody's: others may have put something of that name there.
                if (Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS) && Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(self)
                    && !other.getFileName().toString().startsWith(processPrefix())) {
                    removeIfLeft(other);
                }
            }
        }
    }

    private static void removeIfLeft(Path other) {
        try (FileChannel channel = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                MoreFiles.deleteRecursively(other);
            }
        } catch (IOException e) {
            LOGGER.warn("what an earlier process has left could not be removed", e);
        }
    }

    /** Of this process alone. To open and close its own locks again would give them back: POSIX, fcntl. */
    private static String processPrefix() {
        return PREFIX + ProcessHandle.current().pid() + "-" + ManagementFactory.getRuntimeMXBean().getStartTime() + "-";
    }
}
