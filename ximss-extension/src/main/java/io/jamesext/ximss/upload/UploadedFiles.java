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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The uploaded file set of one session: temporary files on this node that end with the session. XIMSS, "Service Operations",
 * clearUploaded. Safe from any thread; what touches files blocks.
 */
public final class UploadedFiles {
    /** Of one session. */
    private static final int MAX_FILES = 100;
    /** Of one session, in octets: as much as a composed message may have. */
    private static final long MAX_OCTETS = 100L << 20;
    private static final int MAX_ID = 100;
    private static final Logger LOGGER = LoggerFactory.getLogger(UploadedFiles.class);

    private final UploadFolder folder;
    private final Map<String, UploadedFile> files = new HashMap<>();
    private int writing;
    private long octets;
    private boolean closed;

    /** An empty set of files in that folder. */
    public UploadedFiles(UploadFolder folder) {
        this.folder = folder;
    }

    /** A file on its way in. Ends with {@link #complete} or {@link #abandon}. */
    public final class Writing {
        private Optional<Path> path = Optional.empty();
        private long size;
        private boolean hasEnded;

        /**
         * Adds octets.
         *
         * @throws ProtocolException {@link Failure#TOO_BIG} when the set would hold more than {@value #MAX_OCTETS}, {@link Failure#BUSY}
         *     when all sets would hold too much
         */
        public synchronized void write(byte[] more) throws IOException {
            if (!hasEnded) {
                reserve(more.length);
                size += more.length;
                Files.write(file(), more, StandardOpenOption.APPEND);
            }
        }

        /** The file is whole: it takes the place of one of the same id. */
        public synchronized void complete(String id, String contentType, Optional<String> name) throws IOException {
            UploadedFile file = new UploadedFile(contentType, name, size, file());
            hasEnded = true;
            Optional<UploadedFile> replaced;
            synchronized (UploadedFiles.this) {
                writing--;
                replaced = closed ? Optional.of(file) : Optional.ofNullable(files.put(id, file));
            }
            replaced.ifPresent(UploadedFiles.this::delete);
        }

        /** The file will not be whole; nothing happens when it is already. */
        public synchronized void abandon() {
            if (hasEnded) {
                return;
            }
            hasEnded = true;
            synchronized (UploadedFiles.this) {
                writing--;
                octets -= size;
            }
            folder.releaseFile(size);
            path.ifPresent(UploadedFiles::delete);
        }

        private Path file() throws IOException {
            if (path.isEmpty()) {
                path = Optional.of(folder.newFile());
            }
            return path.get();
        }
    }

    /**
     * Begins a file.
     *
     * @throws ProtocolException when the id cannot be one, or there are {@value #MAX_FILES} files or too many on this node already
     */
    public synchronized Writing begin(String id) {
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw new ProtocolException(Failure.SYNTAX, "an uploadID has 1 to " + MAX_ID + " characters");
        }
        if (closed || files.size() + writing >= MAX_FILES) {
            throw new ProtocolException(Failure.BUSY, "too many uploaded files");
        }
        folder.reserveFile();
        writing++;
        return new Writing();
    }

    /**
     * A file of the set.
     *
     * @throws ProtocolException when there is none of this id
     */
    public synchronized UploadedFile find(String id) {
        return Optional.ofNullable(files.get(id))
            .orElseThrow(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such uploaded file"));
    }

    /** Removes a file, if there is one of this id. */
    public void clear(String id) {
        Optional<UploadedFile> removed;
        synchronized (this) {
            removed = Optional.ofNullable(files.remove(id));
        }
        removed.ifPresent(this::delete);
    }

    /** Removes all files. */
    public void clear() {
        List<UploadedFile> removed;
        synchronized (this) {
            removed = List.copyOf(files.values());
            files.clear();
        }
        removed.forEach(this::delete);
    }

    /** Removes all files, and those that are still on their way as soon as they are whole. */
    public void close() {
        synchronized (this) {
            closed = true;
        }
        clear();
    }

    private synchronized void reserve(int length) {
        if (octets + length > MAX_OCTETS) {
            throw new ProtocolException(Failure.TOO_BIG, "the uploaded files are too big");
        }
        folder.reserve(length);
        octets += length;
    }

    private void delete(UploadedFile file) {
        synchronized (this) {
            octets -= file.size();
        }
        folder.releaseFile(file.size());
        delete(file.path());
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOGGER.warn("a temporary file could not be deleted", e);
        }
    }
}
