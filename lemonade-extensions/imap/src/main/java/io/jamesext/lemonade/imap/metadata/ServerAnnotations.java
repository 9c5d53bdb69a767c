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

package io.jamesext.lemonade.imap.metadata;

import java.util.Map;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/**
 * The annotations of the server, which belong to no mailbox: private ones of each user, and shared ones of all. RFC 5464 section 3. James
 * keeps annotations of mailboxes only.
 */
public interface ServerAnnotations {
    /** What the names of shared entries begin with. */
    String SHARED = "/shared/";

    /** So many of a user, and so many shared ones, are read. Who sets more at once than there may be makes nobody's reading longer. */
    int MAX_READ = 200;

    /** All that the user can see: values by the names of entries, in lower case. */
    Mono<Map<String, String>> of(Username user);

    /** Sets values, and removes those that are empty: all of them or none. */
    Mono<Void> change(Username user, Map<String, Optional<String>> values);

    /** In Cassandra where James is, otherwise in memory. */
    static ServerAnnotations on(Optional<SideTables> tables) {
        return tables.<ServerAnnotations>map(CassandraServerAnnotations::new).orElseGet(MemoryServerAnnotations::new);
    }
}
