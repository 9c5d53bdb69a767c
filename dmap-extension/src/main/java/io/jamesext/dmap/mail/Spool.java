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
package io.jamesext.dmap.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.james.mailbox.model.Content;

/** A message on its way in, in a file, so that a client that sends slowly costs no heap. Written and read where blocking is allowed. */
public final class Spool implements Content, AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private long size;

    private Spool(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** An empty one. */
    public static Spool create() throws IOException {
        Path file = Files.createTempFile("dmap-message", ".tmp");
        return new Spool(file, Files.newOutputStream(file));
    }

    /** Adds octets at its end. */
    public void write(byte[] octets) throws IOException {
        out.write(octets);
        size += octets.length;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public long size() {
        return size;
    }

    /** Deletes the file. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
