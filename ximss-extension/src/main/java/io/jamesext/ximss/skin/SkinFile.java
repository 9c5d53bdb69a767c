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
package io.jamesext.ximss.skin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A file of a skin.
 *
 * @param name without its folder
 * @param path where it is
 * @param size in bytes
 * @param modified to the second, as times are on the wire
 */
public record SkinFile(String name, Path path, long size, Instant modified) {
    /** Empty where there is no file, but perhaps a folder. */
    static Optional<SkinFile> of(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile()
                ? Optional.of(new SkinFile(path.getFileName().toString(), path, attributes.size(), seconds(attributes)))
                : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static Instant seconds(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * The whole content. Blocks.
     *
     * @throws ProtocolException when there is more
     */
    public byte[] read(int maxBytes) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(maxBytes + 1);
            if (content.length > maxBytes) {
                throw new ProtocolException(Failure.TOO_BIG, "the file is larger than " + maxBytes + " bytes");
            }
            return content;
        }
    }
}
