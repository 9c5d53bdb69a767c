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

package io.jamesext.bundle;

import java.util.Iterator;
import java.util.Optional;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.ProtocolConfigurationSanitizer;
import org.apache.james.RunArguments;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.util.LoggingLevel;
import org.apache.james.utils.KeystoreCreator;

import com.google.inject.Inject;

/** The configuration files of servers and of what they share, read as James reads those of its own. */
public final class ServerConfigurations {
    private final ConfigurationProvider configurations;
    private final KeystoreCreator keystores;
    private final FileSystem fileSystem;
    private final RunArguments runArguments;

    @Inject
    public ServerConfigurations(ConfigurationProvider configurations, KeystoreCreator keystores, FileSystem fileSystem,
                                RunArguments runArguments) {
        this.configurations = configurations;
        this.keystores = keystores;
        this.fileSystem = fileSystem;
        this.runArguments = runArguments;
    }

    /**
     * The file {@code conf/<name>.xml}, whose root holds one element of that name for each server, or empty where there is no file.
     * When James runs with {@code --generate-keystore}, missing keystores are made first.
     */
    public Optional<HierarchicalConfiguration<ImmutableNode>> of(String name) throws Exception {
        HierarchicalConfiguration<ImmutableNode> configuration = configurations.getConfiguration(name, LoggingLevel.INFO);
        if (configuration.isEmpty()) {
            return Optional.empty();
        }
        checkElements(name, configuration);
        new ProtocolConfigurationSanitizer(configurations, keystores, fileSystem, runArguments, name).sanitize();
        return Optional.of(configuration);
    }

    /** The file {@code conf/<name>.xml} of what is no server, or empty where there is no file, or one without content. */
    public Optional<HierarchicalConfiguration<ImmutableNode>> file(String name) throws ConfigurationException {
        return Optional.of(configurations.getConfiguration(name, LoggingLevel.INFO)).filter(configuration -> !configuration.isEmpty());
    }

    /** A misspelt element would else be no server at all, without a word. */
    private static void checkElements(String name, HierarchicalConfiguration<ImmutableNode> configuration) throws ConfigurationException {
        for (Iterator<String> keys = configuration.getKeys(); keys.hasNext();) {
            String element = keys.next().replaceFirst("[.\\[].*", "");
            if (!element.equals(name)) {
                throw new ConfigurationException(name + ".xml: unknown element `" + element + "`; expected `" + name + "`");
            }
        }
    }
}
