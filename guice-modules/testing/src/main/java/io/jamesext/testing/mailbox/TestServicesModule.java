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
package io.jamesext.testing.mailbox;

import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.filesystem.api.JamesDirectoriesProvider;
import org.apache.james.modules.ClockModule;
import org.apache.james.modules.MimeMessageModule;
import org.apache.james.modules.RunArgumentsModule;
import org.apache.james.modules.StartUpChecksModule;
import org.apache.james.modules.StartablesModule;
import org.apache.james.modules.server.DNSServiceModule;
import org.apache.james.modules.server.DropWizardMetricsModule;
import org.apache.james.onami.lifecycle.PreDestroyModule;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.apache.james.utils.ExtensionModule;
import org.apache.james.utils.PropertiesProvider;
import org.apache.mailet.MailetContext;

import com.google.inject.AbstractModule;

/** James's {@code CommonServicesModule} without the health checks, which want mailets and a spool. */
final class TestServicesModule extends AbstractModule {
    private final Configuration configuration;

    TestServicesModule(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    protected void configure() {
        install(new ExtensionModule());
        install(new StartUpChecksModule());
        install(new StartablesModule());
        install(new PreDestroyModule());
        install(new DNSServiceModule());
        install(new DropWizardMetricsModule());
        install(new MimeMessageModule());
        install(new ClockModule());
        install(RunArgumentsModule.EMPTY);
        FileSystem fileSystem = new FileSystemImpl(configuration.directories());
        bind(FileSystem.class).toInstance(fileSystem);
        bind(Configuration.class).toInstance(configuration);
        bind(Configuration.ConfigurationPath.class).toInstance(configuration.configurationPath());
        bind(JamesDirectoriesProvider.class).toInstance(configuration.directories());
        bind(ConfigurationProvider.class).toInstance(new FileConfigurationProvider(fileSystem, configuration));
        bind(PropertiesProvider.class).toInstance(new PropertiesProvider(fileSystem, configuration.configurationPath()));
        bind(MailetContext.class).toProvider(() -> {
            throw new UnsupportedOperationException("these tests have no mailets");
        });
    }
}
