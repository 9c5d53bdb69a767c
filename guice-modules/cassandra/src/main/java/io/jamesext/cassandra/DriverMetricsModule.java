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

import org.apache.james.lifecycle.api.Startable;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;

import com.codahale.metrics.MetricRegistry;
import com.datastax.oss.driver.api.core.CqlSession;
import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;

/** Shows the Cassandra driver's metrics among James's own, those that the driver's configuration turns on. */
final class DriverMetricsModule extends AbstractModule {
    @Singleton
    static final class DriverMetrics implements Startable {
    }

    @ProvidesIntoSet
    InitializationOperation showDriverMetrics(MetricRegistry metrics, CqlSession session) {
        return InitilizationOperationBuilder.forClass(DriverMetrics.class)
            .init(() -> session.getMetrics().ifPresent(driver -> metrics.registerAll(driver.getRegistry())));
    }
}
