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
package io.jamesext.converter;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import com.google.common.base.Splitter;

/**
 * The class path of a {@link ConverterProcess}. The bundle's jar holds the libraries as jars, in the directory {@value #LIBRARIES}: they
 * are taken out once for all converters, and James's own stay away from them. Where there are none, as in a build, the server's class path
 * has them.
 */
final class ClassPath {
    private static final String LIBRARIES = "io/jamesext/converter/libraries/";
    private static List<Path> shared = List.of();

    private ClassPath() {
    }

    /** The same for all; found again where one has gone that was there, since directories for temporary files are cleared. */
    static synchronized List<Path> shared() throws IOException {
        if (shared.isEmpty() || !shared.stream().allMatch(Files::exists)) {
            TemporaryDirectories.sweep();
            shared = find().stream().filter(Files::exists).toList();
        }
        return shared;
    }

    private static List<Path> find() throws IOException {
        List<Path> found = new ArrayList<>();
        Path own = path(ConverterMain.class.getProtectionDomain().getCodeSource().getLocation());
        found.add(own);
        if (!Files.isRegularFile(own) || !unpack(own, found)) {
            if (ConverterMain.class.getClassLoader() instanceof URLClassLoader loader) {
                for (URL jar : loader.getURLs()) {
                    found.add(path(jar));
                }
            }
            for (String entry : Splitter.on(File.pathSeparatorChar).omitEmptyStrings().split(System.getProperty("java.class.path"))) {
                found.add(Path.of(entry).toAbsolutePath());
            }
        }
        return found;
    }

    private static Path path(URL location) throws IOException {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("not a file: " + location, e);
        }
    }

    private static boolean unpack(Path jar, List<Path> to) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> libraries = zip.stream()
                .filter(entry -> entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar")).toList();
            if (libraries.isEmpty()) {
                return false;
            }
            Path directory = TemporaryDirectories.create();
            directory.toFile().deleteOnExit();
            try {
                for (ZipEntry library : libraries) {
                    Path file = directory.resolve(Path.of(library.getName()).getFileName());
                    file.toFile().deleteOnExit();
                    try (InputStream octets = zip.getInputStream(library)) {
                        Files.copy(octets, file);
                    }
                    to.add(file);
                }
            } catch (IOException e) {
                TemporaryDirectories.delete(directory);
                throw e;
            }
            return true;
        }
    }
}
