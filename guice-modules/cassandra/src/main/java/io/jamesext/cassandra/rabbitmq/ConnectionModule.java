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
package io.jamesext.cassandra.rabbitmq;

import java.io.FileNotFoundException;

import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.backends.rabbitmq.RabbitMQConfiguration;
import org.apache.james.backends.rabbitmq.RabbitMQHealthCheck;
import org.apache.james.backends.rabbitmq.ReactorRabbitMQChannelPool;
import org.apache.james.backends.rabbitmq.ReceiverProvider;
import org.apache.james.backends.rabbitmq.SimpleConnectionPool;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.utils.PropertiesProvider;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.name.Named;

import reactor.rabbitmq.Sender;

/** What queue, events and tasks have in common: {@code rabbitmq.properties}, the connection by it, and what sends and receives on it. */
final class ConnectionModule extends AbstractModule {
    static final String FILE = "rabbitmq";

    @Override
    protected void configure() {
        bind(Topology.class).in(Scopes.SINGLETON);
        bind(StartUpWait.class).toInstance(StartUpWait.DEFAULT);
        bind(LastingConnection.class).in(Scopes.SINGLETON);
        bind(SimpleConnectionPool.class).to(LastingConnection.class);
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(RabbitMQHealthCheck.class);
    }

    @Provides
    @Singleton
    @Named(FILE)
    Configuration file(PropertiesProvider files) throws ConfigurationException, FileNotFoundException {
        return files.getConfiguration(FILE);
    }

    @Provides
    @Singleton
    RabbitMQConfiguration rabbitMq(@Named(FILE) Configuration file) {
        return RabbitMQConfiguration.from(file);
    }

    @Provides
    @Singleton
    SimpleConnectionPool.Configuration patience(@Named(FILE) Configuration file) {
        return SimpleConnectionPool.Configuration.from(file);
    }

    @Provides
    @Singleton
    ReactorRabbitMQChannelPool channels(LastingConnection connection, @Named(FILE) Configuration file, MetricFactory metrics) {
        ReactorRabbitMQChannelPool channels = new DetachedChannelPool(connection.getResilientConnection(),
            ReactorRabbitMQChannelPool.Configuration.from(file), metrics);
        channels.start();
        return channels;
    }

    @Provides
    @Singleton
    Sender sender(LastingConnection connection, ReactorRabbitMQChannelPool channels, Topology topology) {
        return new DeclaringSender(connection, channels, topology);
    }

    @Provides
    @Singleton
    ReceiverProvider receivers(LastingConnection connection) {
        return () -> new LastingReceiver(connection);
    }
}
