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

import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * What LIST asks for: AGAP section 4.27. A path, or the beginning and end that the last name of a path must have.
 *
 * @param parent the path, or what the last name is in
 * @param star false when {@code parent} itself is meant
 * @param begin what stands before the star
 * @param end what stands behind it
 */
public record FolderPattern(FolderPath parent, boolean star, String begin, String end) {
    /** All direct subfolders. */
    public static FolderPattern childrenOf(FolderPath parent) {
        return new FolderPattern(parent, true, "", "");
    }

    /**
     * Reads one.
     *
     * @param base what a relative one starts from
     */
    public static FolderPattern parse(String text, Optional<FolderPath> base) {
        int slash = text.lastIndexOf('/');
        String last = text.substring(slash + 1);
        int star = last.indexOf('*');
        if (star < 0) {
            return new FolderPattern(FolderPath.parse(text, base), false, "", "");
        }
        if (last.indexOf('*', star + 1) >= 0 || !isPartOfName(last)) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "ERROR path filter can contain only one * in last folder name");
        }
        return new FolderPattern(parent(text, slash, base), true, last.substring(0, star), last.substring(star + 1));
    }

    private static boolean isPartOfName(String last) {
        // Any name will do for the star: what matters is that the rest of it has no forbidden character.
        return FolderPath.isName(last.replace("*", "star"));
    }

    private static FolderPath parent(String text, int slash, Optional<FolderPath> base) {
        if (slash < 0) {
            return base.orElseThrow(() -> new ProtocolException(Failure.BAD_MAILBOX_NAME,
                "INVALID path (it must be absolute when no folder is selected)"));
        }
        return FolderPath.parse(slash == 0 ? "/" : text.substring(0, slash), base);
    }

    /** True for a folder that is asked for. */
    public boolean matches(FolderPath path) {
        if (!star) {
            return path.equals(parent);
        }
        return !path.isRoot() && path.parent().equals(parent) && path.name().length() >= begin.length() + end.length()
            && path.name().startsWith(begin) && path.name().endsWith(end);
    }

    /** What must be there, or the command fails. */
    public FolderPath mustExist() {
        return parent;
    }

    /** True when that is the root, which always is. */
    public boolean isRoot() {
        return parent.isRoot();
    }
}
