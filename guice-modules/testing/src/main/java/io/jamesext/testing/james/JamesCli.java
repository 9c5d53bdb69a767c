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
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

import com.google.common.collect.ImmutableList;

import io.jamesext.stores.Jvm;
import io.jamesext.stores.LaunchFailure;

/**
 * James's own command line client, on the server that runs in a working directory, whose JMX password it reads there.
 *
 * @param installation whose client it is
 * @param data the server's working directory
 * @param jmxPort of the server
 */
public record JamesCli(Installation installation, Path data, int jmxPort) {
    private static final String MAIN = "org.apache.james.cli.ServerCmd";

    /** Runs a command with the terminal of this process; answers its exit code. */
    public int run(List<String> arguments) throws InterruptedException {
        try {
            return builder(arguments).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new LaunchFailure("The James CLI could not be started: " + e.getMessage(),
                "Check that " + Jvm.executable() + " can be run", e);
        }
    }

    /** Runs a command silently, its output going to this file; answers its exit code. */
    public int run(List<String> arguments, Path output) throws IOException, InterruptedException {
        return builder(arguments).redirectErrorStream(true).redirectOutput(Redirect.appendTo(output.toFile())).start().waitFor();
    }

    private ProcessBuilder builder(List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(ImmutableList.<String>builder()
            .add(Jvm.executable(), "-Dlogback.configurationFile=" + data.resolve("conf/logback-cli.xml").toAbsolutePath())
            .add(MAIN, "-h", "127.0.0.1", "-p", Integer.toString(jmxPort))
            .addAll(arguments)
            .build()).directory(data.toFile());
        builder.environment().put("CLASSPATH", installation.classPath());
        return builder;
    }
}
