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
package io.jamesext.agap.folder;

import java.util.List;
import java.util.Optional;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

import io.jamesext.agap.change.Fcid;
import io.jamesext.agap.wire.AgapWriter;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.netty.buffer.ByteBufUtil;

/**
 * An absolute path. AGAP section 2.9.
 *
 * @param names from the root down; none for the root itself
 */
public record FolderPath(ImmutableList<String> names) {
    /** {@code /}. */
    public static final FolderPath ROOT = new FolderPath(ImmutableList.of());

    /** AGAP section 2.2: what is left of a line beside an FCID, a dot and a space. */
    private static final int MAX_OCTETS = AgapWriter.MAX_OCTETS - Fcid.LENGTH - 2;
    /** AGAP section 2.9.1: all characters from 0x20 on but these. */
    private static final CharMatcher FORBIDDEN = CharMatcher.inRange('\0', '\u001f').or(CharMatcher.anyOf("/\\*?"));

    /** Refuses names that section 2.9.1 forbids. */
    public FolderPath {
        names.forEach(name -> {
            if (!isName(name)) {
                throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "INVALID path");
            }
        });
    }

    /** AGAP section 2.9.1. */
    public static boolean isName(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..") && FORBIDDEN.matchesNoneOf(name);
    }

    /**
     * Reads a path.
     *
     * @param base what a relative path starts from; section 2.9.2: without a selected folder only absolute paths are allowed
     */
    public static FolderPath parse(String text, Optional<FolderPath> base) {
        if (text.equals("/")) {
            return ROOT;
        }
        if (text.startsWith("/")) {
            return ROOT.descendant(Splitter.on('/').splitToList(text.substring(1)));
        }
        FolderPath start = base.orElseThrow(
            () -> new ProtocolException(Failure.BAD_MAILBOX_NAME, "INVALID path (it must be absolute when no folder is selected)"));
        return start.descendant(Splitter.on('/').splitToList(text));
    }

    /** The folder of this name in this one. */
    public FolderPath child(String name) {
        return descendant(List.of(name));
    }

    private FolderPath descendant(List<String> below) {
        return new FolderPath(ImmutableList.<String>builder().addAll(names).addAll(below).build());
    }

    /** True for {@code /}. */
    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The folder that this one is in; the root is in itself. */
    public FolderPath parent() {
        return isRoot() ? this : new FolderPath(names.subList(0, names.size() - 1));
    }

    /** The last name. */
    public String name() {
        return names.get(names.size() - 1);
    }

    /** True when this is that folder or below it. */
    public boolean isIn(FolderPath ancestor) {
        return names.size() >= ancestor.names.size() && names.subList(0, ancestor.names.size()).equals(ancestor.names);
    }

    /** False for a path that no response can tell, because it is longer than a line. */
    public boolean fitsOnALine() {
        return ByteBufUtil.utf8Bytes(toString()) <= MAX_OCTETS;
    }

    /** As it is written in the protocol. */
    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }
}
