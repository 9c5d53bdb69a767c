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
package io.jamesext.kernel.server;

import java.time.Duration;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * The settings of one configured server that a protocol itself looks at.
 *
 * @param helloName the host's name for greetings, from James's key {@code helloName}
 * @param plainAuthDisallowed James's key: true (the default) when passwords are taken only over TLS
 * @param failedLogInDelay the least time between a wrong log-in and its answer, key {@code failedLogInDelayMillis}
 * @param configuration the server's element, for the protocol's own keys
 */
public record ServerSettings(String helloName, boolean plainAuthDisallowed, Duration failedLogInDelay,
                             HierarchicalConfiguration<ImmutableNode> configuration) {
    private static final long DEFAULT_FAILED_LOG_IN_DELAY_MILLIS = 1000;

    static ServerSettings of(String helloName, HierarchicalConfiguration<ImmutableNode> configuration) {
        return new ServerSettings(helloName, configuration.getBoolean("plainAuthDisallowed", true),
            Duration.ofMillis(configuration.getLong("failedLogInDelayMillis", DEFAULT_FAILED_LOG_IN_DELAY_MILLIS)), configuration);
    }
}
