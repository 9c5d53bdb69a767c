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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.james.core.Domain;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The operator's skins: folders of files that clients read and nobody writes. XIMSS, "Service Operations", skinList. All are below one
 * folder, in which a folder with a dot in its name is a domain's and one without is a skin:
 *
 * <pre>
 * FILE                a file of the unnamed skin, for all domains
 * SKIN/FILE           of a named one
 * DOMAIN/FILE         for one domain; it comes before the file of that name for all domains
 * DOMAIN/SKIN/FILE
 * </pre>
 *
 * Names are checked before they become paths, and nothing outside the one folder is read, whatever links lead there. All methods block.
 */
public final class Skins {
    /** No dot: so no skin is a domain, and none leads upwards. */
    private static final Pattern SKIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9 ._-]{0,99}");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)+");

    private final Path root;

    /** In this folder, which may be missing: then there are none. */
    public Skins(Path root) {
        this.root = root;
    }

    /** The names of a domain's skins, in order. The unnamed one's is empty; it is there when it has a file. */
    public Collection<String> names(Domain domain) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path base : bases(domain)) {
            try (Stream<Path> entries = Files.list(base)) {
                for (Path entry : (Iterable<Path>) entries::iterator) {
                    String name = entry.getFileName().toString();
                    if (SKIN.matcher(name).matches() && isFolder(entry)) {
                        names.add(name);
                    }
                }
            }
        }
        if (!files(domain, "").isEmpty()) {
            names.add("");
        }
        return names;
    }

    /**
     * The files of a skin, in the order of their names.
     *
     * @param skin empty for the unnamed one
     * @throws ProtocolException when there is no such skin
     */
    public Collection<SkinFile> files(Domain domain, String skin) throws IOException {
        Map<String, SkinFile> files = new TreeMap<>();
        for (Path folder : folders(domain, skin)) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : (Iterable<Path>) entries::iterator) {
                    String name = entry.getFileName().toString();
                    if (!files.containsKey(name)) {
                        find(folder, name).ifPresent(file -> files.put(name, file));
                    }
                }
            }
        }
        return files.values();
    }

    /**
     * One file.
     *
     * @param skin empty for the unnamed one
     * @throws ProtocolException when there is no such skin, or no such file in it
     */
    public SkinFile file(Domain domain, String skin, String name) throws IOException {
        for (Path folder : folders(domain, skin)) {
            Optional<SkinFile> file = find(folder, name);
            if (file.isPresent()) {
                return file.get();
            }
        }
        throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such file");
    }

    /** The folders that a skin's files are in, the domain's own first. */
    List<Path> folders(Domain domain, String skin) {
        if (skin.isEmpty()) {
            return bases(domain);
        }
        List<Path> folders = SKIN.matcher(skin).matches()
            ? bases(domain).stream().map(base -> base.resolve(skin)).filter(this::isFolder).toList()
            : List.of();
        if (folders.isEmpty()) {
            throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such skin");
        }
        return folders;
    }

    /** The file of that name in one of the folders. */
    Optional<SkinFile> find(Path folder, String name) throws IOException {
        Path path = FILE.matcher(name).matches() ? folder.resolve(name) : folder;
        return isInside(path) ? SkinFile.of(path) : Optional.empty();
    }

    private List<Path> bases(Domain domain) {
        String name = domain.asString();
        return (DOMAIN.matcher(name).matches() ? Stream.of(root.resolve(name), root) : Stream.of(root))
            .filter(this::isFolder)
            .toList();
    }

    private boolean isFolder(Path path) {
        return Files.isDirectory(path) && isInside(path);
    }

    private boolean isInside(Path path) {
        try {
            return path.toRealPath().startsWith(root.toRealPath());
        } catch (IOException e) {
            // Nothing is there, or the link leads nowhere.
            return false;
        }
    }
}
