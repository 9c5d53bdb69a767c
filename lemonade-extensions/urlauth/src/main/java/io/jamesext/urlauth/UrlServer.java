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

package io.jamesext.urlauth;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.james.core.Username;

import com.google.common.collect.ImmutableSet;

/**
 * Which server the URLs are for, and who may use those for applications.
 *
 * @param hosts the names of this server: a name alone for URLs without a port or with the default one, a name with a port for that port
 * @param submissionEntities who may use {@code submit+} URLs: RFC 4467 section 3
 * @param streamingEntities who may use {@code stream} URLs: RFC 5593 section 3.3
 */
public record UrlServer(Set<String> hosts, Set<Username> submissionEntities, Set<Username> streamingEntities) {
    /** RFC 3501 section 2.1. */
    private static final int DEFAULT_PORT = 143;

    public UrlServer {
        hosts = lowerCase(hosts);
        submissionEntities = ImmutableSet.copyOf(submissionEntities);
        streamingEntities = ImmutableSet.copyOf(streamingEntities);
    }

    private static Set<String> lowerCase(Collection<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the URL's server is this one. RFC 3986 section 3.2.2: a host has no case. */
    public boolean is(Authority authority) {
        String host = authority.host().toLowerCase(Locale.ROOT);
        int port = authority.port().orElse(DEFAULT_PORT);
        return (port == DEFAULT_PORT && hosts.contains(host)) || hosts.contains(host + ":" + port);
    }

    boolean isSubmissionEntity(Username user) {
        return submissionEntities.contains(user);
    }

    boolean isStreamingEntity(Username user) {
        return streamingEntities.contains(user);
    }

    /** Whether the user is an application and no person: it may use URLs and nothing else. */
    public boolean isEntity(Username user) {
        return isSubmissionEntity(user) || isStreamingEntity(user);
    }
}
