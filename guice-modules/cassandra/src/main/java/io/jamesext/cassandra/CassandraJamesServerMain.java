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

package io.jamesext.cassandra;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.james.ExtraProperties;
import org.apache.james.GuiceJamesServer;
import org.apache.james.JamesServerMain;
import org.apache.james.modules.RunArgumentsModule;
import org.apache.james.modules.server.JMXServerModule;
import org.apache.james.server.core.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Module;
import com.google.inject.util.Modules;

import io.jamesext.cassandra.rabbitmq.RabbitMqModule;

/**
 * A whole James on Cassandra: started as {@code MemoryJamesServerMain} is, with {@code -Dworking.directory} naming the directory that
 * holds {@code conf}, {@code var} and {@code extensions-jars}.
 */
public final class CassandraJamesServerMain {
    private static final Logger LOGGER = LoggerFactory.getLogger(CassandraJamesServerMain.class);

    /** What the Cassandra driver reads instead of the defaults in this jar's {@code application.conf}. */
    private static final String DRIVER_CONFIGURATION = "conf/cassandra-driver.conf";

    private CassandraJamesServerMain() {
    }

    /** Starts the server, which ends with the process. */
    public static void main(String[] arguments) throws Exception {
        ExtraProperties.initialize();
        useDriverConfiguration(Path.of(System.getProperty(Configuration.WORKING_DIRECTORY, ".")));
        Configuration configuration = Configuration.builder().useWorkingDirectoryEnvProperty().build();
        JamesServerMain.main(server(configuration)
            .combineWith(new JMXServerModule())
            .overrideWith(new RunArgumentsModule(arguments)));
    }

    /** The server for one working directory: everything but JMX, whose port is one per process. */
    public static GuiceJamesServer server(Configuration configuration) throws Exception {
        Choices choices = Choices.of(configuration);
        LOGGER.info("{}", choices.description());
        return GuiceJamesServer.forConfiguration(configuration).combineWith(modules(choices));
    }

    private static Module modules(Choices choices) {
        Module alone = Modules.combine(StorageModules.mailbox(choices), ServerModules.server(choices));
        return choices.nodes() == Choices.Nodes.MANY ? Modules.override(alone).with(new RabbitMqModule()) : alone;
    }

    private static void useDriverConfiguration(Path workingDirectory) {
        Path file = workingDirectory.resolve(DRIVER_CONFIGURATION);
        if (System.getProperty("config.file") == null && Files.exists(file)) {
            System.setProperty("config.file", file.toString());
        }
    }
}
