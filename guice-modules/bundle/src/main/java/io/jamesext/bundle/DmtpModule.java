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

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;

import io.jamesext.dmap.dmtp.Acceptance;
import io.jamesext.dmap.dmtp.client.DmtpSettings;
import io.jamesext.dmap.dmtp.client.DmtpSignets;
import io.jamesext.dmap.ring.DimeConfiguration;
import io.jamesext.dmap.ring.RemoteSignets;

/** DMTP: whom its client asks by {@code conf/dime.xml}, and what there is once for all servers and mailets. */
final class DmtpModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(RemoteSignets.class).to(DmtpSignets.class);
        bind(DmtpSignets.class).in(Scopes.SINGLETON);
        bind(Acceptance.class).in(Scopes.SINGLETON);
    }

    /** The element {@code dmtp} of the file; without it, or without the file, the DNS alone says who is asked. */
    @Provides
    @Singleton
    DmtpSettings settings(ServerConfigurations configurations) throws ConfigurationException {
        List<HierarchicalConfiguration<ImmutableNode>> elements = configurations.file(DimeConfiguration.NAME)
            .map(dime -> dime.configurationsAt("dmtp")).orElse(List.of());
        return elements.isEmpty() ? DmtpSettings.NONE : DmtpSettings.of(elements.get(0));
    }
}
