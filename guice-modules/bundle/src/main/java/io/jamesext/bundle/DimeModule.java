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

import java.util.List;
import java.util.Optional;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;

import io.jamesext.dmap.ring.DimeConfiguration;
import io.jamesext.dmap.ring.DimeSettings;
import io.jamesext.dmap.ring.OrganisationFiles;
import io.jamesext.dmap.ring.Organisations;

/** What {@code conf/dime.xml} says, and the keys of the domains. */
final class DimeModule extends AbstractModule {
    @Provides
    @Singleton
    DimeSettings settings(ServerConfigurations configurations, FileSystem files) throws ConfigurationException {
        Optional<HierarchicalConfiguration<ImmutableNode>> file = configurations.file(DimeConfiguration.NAME);
        return file.isPresent() ? DimeConfiguration.read(file.get(), files) : DimeSettings.NONE;
    }

    @Provides
    @Singleton
    Organisations organisations(DimeSettings settings) throws ConfigurationException {
        return settings.organisations().isPresent() ? OrganisationFiles.read(settings.organisations().get()) : new Organisations(List.of());
    }
}
