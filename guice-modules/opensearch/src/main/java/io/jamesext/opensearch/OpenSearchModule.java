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
package io.jamesext.opensearch;

import java.io.FileNotFoundException;
import java.util.LinkedHashSet;
import java.util.Set;

import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.events.EventListener.ReactiveGroupEventListener;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex.SearchOverride;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.utils.ClassName;
import org.apache.james.utils.GuiceGenericLoader;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.apache.james.utils.NamingScheme;
import org.apache.james.utils.PropertiesProvider;
import org.opensearch.client.transport.OpenSearchTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;

/** James's search on OpenSearch, configured by {@code opensearch.properties}. Asks for the mailbox mappers and the event dead letters. */
public final class OpenSearchModule extends AbstractModule {
    private static final Logger LOGGER = LoggerFactory.getLogger(OpenSearchModule.class);

    @Override
    protected void configure() {
        bind(MessageSearchIndex.class).to(OpenSearchMessageSearchIndex.class);
        bind(ListeningMessageSearchIndex.class).to(OpenSearchMessageSearchIndex.class);
        bind(TextExtractor.class).to(TikaTextExtractor.class);
        Multibinder.newSetBinder(binder(), ReactiveGroupEventListener.class).addBinding().to(OpenSearchMessageSearchIndex.class);
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(OpenSearchHealthCheck.class);
    }

    @Provides
    @Singleton
    OpenSearchSettings settings(PropertiesProvider files) throws ConfigurationException {
        try {
            return OpenSearchSettings.from(files.getConfiguration("opensearch"));
        } catch (FileNotFoundException e) {
            OpenSearchSettings defaults = OpenSearchSettings.defaults();
            LOGGER.warn("There is no opensearch.properties: OpenSearch is looked for at {}", defaults.addresses());
            return defaults;
        }
    }

    @Provides
    @Singleton
    OpenSearchTransport transport(OpenSearchSettings settings) {
        return OpenSearchTransports.open(settings);
    }

    /** What the operator names in {@code opensearch.search.overrides}, as upstream, before what the mailbox answers anyway. */
    @Provides
    @Singleton
    Set<SearchOverride> overrides(GuiceGenericLoader loader, OpenSearchSettings settings, MailboxAnswers answers)
            throws ClassNotFoundException {
        Set<SearchOverride> overrides = new LinkedHashSet<>();
        for (String name : settings.searchOverrides()) {
            overrides.add(loader.<SearchOverride>withNamingSheme(NamingScheme.IDENTITY).instantiate(new ClassName(name)));
        }
        overrides.add(answers);
        return overrides;
    }

    @ProvidesIntoSet
    InitializationOperation start(IndexCreation creation, CatchUp catchUp) {
        return InitilizationOperationBuilder.forClass(IndexCreation.class).init(() -> {
            creation.create();
            catchUp.start();
        });
    }
}
