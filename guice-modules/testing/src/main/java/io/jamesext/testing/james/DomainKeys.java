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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import com.google.common.xml.XmlEscapers;

import io.jamesext.stores.Jvm;
import io.jamesext.stores.LaunchFailure;

/**
 * The keys of the domain that the demonstration's accounts are in, made once as an operator makes them. Without them its users can have
 * no keys of their own in DMAP.
 *
 * @param folder of the two files, the same for all nodes
 */
record DomainKeys(Path folder) {
    static final String FOLDER = "conf/dime";
    private static final String DOMAIN = "example.org";
    private static final String SIGNET = DOMAIN + ".signet";
    private static final String KEYS = DOMAIN + ".keys";
    private static final String MAIN = "io.jamesext.dmap.ring.NewOrganisation";
    private static final String SHIPPED = "    <organisations>file://conf/dime/</organisations>\n    -->\n";

    /** Makes them where there are none. */
    void make(Installation installation) throws IOException {
        if (Files.exists(folder.resolve(KEYS))) {
            return;
        }
        PrivateFolder.create(folder);
        // Apart until both are whole: what is cut off in the middle would stand in the way of the next start.
        Path made = Files.createTempDirectory(folder, "made");
        String printed = run(installation, List.of(Jvm.executable(), MAIN, DOMAIN, made.toString()));
        if (!printed.isEmpty()) {
            throw new LaunchFailure("The keys of " + DOMAIN + " could not be made: " + printed,
                "Make " + folder + " writable, or choose another directory with --data DIR");
        }
        for (String file : List.of(SIGNET, KEYS)) {
            Files.move(made.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(made);
    }

    /** The file {@code dime.xml} as it is shipped, with this folder. */
    String in(String shipped) {
        String mine = shipped.replace(SHIPPED, "    -->\n    <organisations>file://"
            + XmlEscapers.xmlContentEscaper().escape(folder.toAbsolutePath().toString()) + "/</organisations>\n");
        if (mine.equals(shipped)) {
            throw new IllegalStateException("dime.xml does not have the lines that name the folder of keys");
        }
        return mine;
    }

    /** Answers what it printed if it failed. */
    private static String run(Installation installation, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", installation.bundle() + ":" + installation.classPath());
        Process process = builder.start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : printed + "exit code " + process.exitValue();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
