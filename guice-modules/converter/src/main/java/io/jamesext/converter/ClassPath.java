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

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import com.google.common.base.Splitter;

/**
 * The class path of a {@link ConverterProcess}. The bundle's jar holds the libraries as jars, in the directory {@value #LIBRARIES}: they
 * are taken out once, and James's own stay away from them. Where there are none, as in a build, the server's class path has them.
 */
record ClassPath(List<Path> entries, Optional<Path> unpacked) implements Closeable {
    private static final String LIBRARIES = "io/jamesext/converter/libraries/";

    static ClassPath find() throws IOException {
        List<Path> found = new ArrayList<>();
        Path own = path(ConverterMain.class.getProtectionDomain().getCodeSource().getLocation());
        found.add(own);
        Optional<Path> unpacked = Files.isRegularFile(own) ? unpack(own, found) : Optional.empty();
        if (unpacked.isEmpty()) {
            if (ConverterMain.class.getClassLoader() instanceof URLClassLoader loader) {
                for (URL jar : loader.getURLs()) {
                    found.add(path(jar));
                }
            }
            for (String entry : Splitter.on(File.pathSeparatorChar).omitEmptyStrings().split(System.getProperty("java.class.path"))) {
                found.add(Path.of(entry).toAbsolutePath());
            }
        }
        return new ClassPath(List.copyOf(found), unpacked);
    }

    /** Removes what was unpacked. */
    @Override
    public void close() {
        unpacked.ifPresent(ConverterProcess::delete);
    }

    private static Path path(URL location) throws IOException {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("not a file: " + location, e);
        }
    }

    private static Optional<Path> unpack(Path jar, List<Path> to) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<ZipEntry> libraries = new ArrayList<>();
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar")) {
                    libraries.add(entry);
                }
            }
            if (libraries.isEmpty()) {
                return Optional.empty();
            }
            Path directory = Files.createTempDirectory("jamesext-converter-libraries");
            directory.toFile().deleteOnExit();
            for (ZipEntry library : libraries) {
                Path file = directory.resolve(Path.of(library.getName()).getFileName());
                try (InputStream octets = zip.getInputStream(library)) {
                    Files.copy(octets, file);
                }
                file.toFile().deleteOnExit();
                to.add(file);
            }
            return Optional.of(directory);
        }
    }
}
