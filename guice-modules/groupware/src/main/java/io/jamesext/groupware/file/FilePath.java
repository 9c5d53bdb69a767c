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

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;

import com.google.common.base.Splitter;
import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Where a file or directory is in its user's tree. A name is in Unicode's form NFC, so that what looks the same is the same.
 *
 * @param names from the top, each of 1 to {@value #MAX_NAME_OCTETS} octets of UTF-8, none of them {@code .} or {@code ..}, without
 *              slashes and control characters; none for the top directory
 */
public record FilePath(List<String> names) {
    /** The directory in which all others are. */
    public static final FilePath TOP = new FilePath(List.of());
    /** As on most file systems. */
    private static final int MAX_NAME_OCTETS = 255;
    /** Protects what goes from a file to the top, and the tables' keys. */
    private static final int MAX_DEPTH = 16;
    private static final String SLASH = "/";

    /** Checks and copies the names. */
    public FilePath {
        names = ImmutableList.copyOf(names);
        if (names.size() > MAX_DEPTH) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "more than " + MAX_DEPTH + " directories in each other");
        }
        names.forEach(FilePath::check);
    }

    /**
     * Reads names with slashes between them. One before them is passed over, and nothing at all is the top directory.
     *
     * @throws ProtocolException when a name cannot be one
     */
    public static FilePath of(String path) {
        if (path.length() > MAX_DEPTH * (MAX_NAME_OCTETS + 1)) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "the file name is too long");
        }
        String relative = path.startsWith(SLASH) ? path.substring(1) : path;
        return relative.isEmpty() ? TOP : new FilePath(Splitter.on('/').splitToStream(relative)
            .map(name -> Normalizer.normalize(name, Normalizer.Form.NFC))
            .toList());
    }

    private static void check(String name) {
        boolean isWellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(name)
            && name.codePoints().noneMatch(c -> c == '/' || c == 0x2028 || c == 0x2029 || Character.isISOControl(c));
        if (name.isEmpty() || name.equals(".") || name.equals("..") || !isWellFormed || Utf8.encodedLength(name) > MAX_NAME_OCTETS) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "not a possible file name");
        }
    }

    /** True for {@link #TOP}. */
    public boolean isTop() {
        return names.isEmpty();
    }

    /** The directory in which it is; of the top directory, the same. */
    public FilePath parent() {
        return isTop() ? TOP : new FilePath(names.subList(0, names.size() - 1));
    }

    /** Something in this directory or deeper. */
    public FilePath resolve(FilePath below) {
        return new FilePath(ImmutableList.<String>builder().addAll(names).addAll(below.names).build());
    }

    /** Its own name; empty for the top directory. */
    public String name() {
        return isTop() ? "" : names.get(names.size() - 1);
    }

    /** As it is read. */
    public String asString() {
        return String.join(SLASH, names);
    }
}
