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

import javax.jms.ConnectionFactory;

import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.activemq.ActiveMQHealthCheck;
import org.apache.james.queue.activemq.ActiveMQMailQueueFactory;
import org.apache.james.queue.activemq.metric.ActiveMQMetricCollectorNoop;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.ManageableMailQueue;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;

/** The mail queue of a node that runs alone: durable, in this process. */
final class EmbeddedQueueModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(EmbeddedBroker.class).in(Singleton.class);
        bind(new TypeLiteral<MailQueueFactory<?>>() { }).to(ActiveMQMailQueueFactory.class);
        bind(new TypeLiteral<MailQueueFactory<? extends MailQueue>>() { }).to(ActiveMQMailQueueFactory.class);
        bind(new TypeLiteral<MailQueueFactory<? extends ManageableMailQueue>>() { }).to(ActiveMQMailQueueFactory.class);
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(ActiveMQHealthCheck.class);
    }

    @Provides
    @Singleton
    ConnectionFactory connections(EmbeddedBroker broker) {
        return broker.connections();
    }

    @Provides
    @Singleton
    ActiveMQMailQueueFactory queues(ConnectionFactory connections, MailQueueItemDecoratorFactory decorators, MetricFactory metrics,
            GaugeRegistry gauges) {
        ActiveMQMailQueueFactory queues = new ActiveMQMailQueueFactory(connections, decorators, metrics, gauges,
            new ActiveMQMetricCollectorNoop());
        queues.init();
        return queues;
    }
}
