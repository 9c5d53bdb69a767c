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

package io.jamesext.testing.james;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jamesext.stores.LaunchFailure;

/**
 * What the build has made: the class path of a James as Maven resolved it, and our jar.
 *
 * @param mainClass of James
 * @param classPath of James and its command line client; nothing of the bundle is on it
 * @param bundle the one jar that goes into {@code extensions-jars/}
 */
public record Installation(String mainClass, String classPath, Path bundle) {
    private static final String REBUILD = "Build it again: mvn -B -ntp package -DskipTests";

    /** The stock James and our jar, below the project's folder. */
    public static Installation of(Path project) {
        return of(project, Backend.MEMORY);
    }

    /** The James for this backend and our jar, below the project's folder. */
    public static Installation of(Path project, Backend backend) {
        return new Installation(backend.mainClass(), classPath(project, backend), bundle(project.resolve("guice-modules/bundle/target")));
    }

    private static String classPath(Path project, Backend backend) {
        Path file = project.resolve(backend.classPathFile());
        try {
            return Stream.concat(backend.classes().stream().map(classes -> project.resolve(classes).toAbsolutePath().toString()),
                Stream.of(Files.readString(file).strip())).collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new LaunchFailure("The class path of James is missing: " + file, REBUILD, e);
        }
    }

    private static Path bundle(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("jamesext-bundle-[^-]+(-SNAPSHOT)?\\.jar"))
                .findFirst()
                .orElseThrow(() -> new LaunchFailure("There is no bundle jar in " + target, REBUILD));
        } catch (IOException e) {
            throw new LaunchFailure("There is no bundle jar in " + target, REBUILD, e);
        }
    }
}
