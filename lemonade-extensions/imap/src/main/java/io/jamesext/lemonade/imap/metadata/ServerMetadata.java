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

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.search.Filters;
import reactor.core.publisher.Mono;

/** What SETMETADATA may do to the annotations of the server. RFC 5464 section 3.3, RFC 5466 section 3.2. */
final class ServerMetadata {
    /** Of each user, and of all together. */
    private static final int MAX_ENTRIES = 100;
    private static final int MAX_VALUE_BYTES = 4096;
    private static final int MAX_NAME_CHARS = 200;

    private final ServerAnnotations annotations;
    private final UsersRepository users;

    ServerMetadata(ServerAnnotations annotations, UsersRepository users) {
        this.annotations = annotations;
        this.users = users;
    }

    Mono<Void> set(SetMetadataRequest request, FolderSession session) {
        Username user = session.mailbox().getUser();
        return Blocking.call(() -> changes(request, user))
            .flatMap(changes -> annotations.of(user)
                .flatMap(stored -> tooMany(stored, changes)
                    ? Mono.<Void>error(new RefusedException("METADATA TOOMANY", "Too many annotations."))
                    : annotations.change(user, changes)));
    }

    private Map<String, Optional<String>> changes(SetMetadataRequest request, Username user)
        throws RefusedException, UsersRepositoryException {
        Map<String, Optional<String>> changes = new HashMap<>();
        for (Map.Entry<EntryName, Optional<String>> entry : request.values().entrySet()) {
            String name = entry.getKey().name();
            if (!entry.getKey().isPrivate() && !users.isAdministrator(user)) {
                throw new RefusedException("NOPERM", "Only administrators can do that.");
            }
            if (name.length() > MAX_NAME_CHARS || name.indexOf('/', 1) < 0) {
                throw new RefusedException("CANNOT", "No entry can have that name.");
            }
            if (entry.getValue().isPresent()) {
                check(name, entry.getValue().get());
            }
            changes.put(name, entry.getValue());
        }
        return changes;
    }

    private static void check(String name, String value) throws RefusedException {
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
            throw new RefusedException("METADATA MAXSIZE " + MAX_VALUE_BYTES, "Too long.");
        }
        for (String root : new String[] {Filters.PRIVATE, Filters.SHARED}) {
            if (name.startsWith(root) && !Filters.isName(name.substring(root.length()))) {
                throw new RefusedException("CANNOT", "No filter can have that name.");
            }
            if (name.startsWith(root) && !Filters.isProgram(value)) {
                throw new RefusedException("CANNOT", "A filter is a search program.");
            }
        }
    }

    private static boolean tooMany(Map<String, String> stored, Map<String, Optional<String>> changes) {
        Map<String, String> after = new HashMap<>(stored);
        changes.forEach((name, value) -> value.ifPresentOrElse(text -> after.put(name, text), () -> after.remove(name)));
        long shared = after.keySet().stream().filter(name -> name.startsWith(ServerAnnotations.SHARED)).count();
        // Who has too many may still remove some.
        return after.size() > stored.size() && (shared > MAX_ENTRIES || after.size() - shared > MAX_ENTRIES);
    }
}
