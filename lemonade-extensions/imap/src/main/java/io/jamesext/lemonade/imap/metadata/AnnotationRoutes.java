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

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.webadmin.Routes;

import com.google.inject.Inject;

import spark.Request;
import spark.Response;
import spark.Service;

/**
 * For James's WebAdmin: where it renames a user, their annotations of the server go along. Named in {@code webadmin.properties} as
 * {@code extensions.routes}. It stands before James's route and is none of its steps, which a jar in {@code extensions-jars} cannot add to.
 */
public final class AnnotationRoutes implements Routes {
    /** James's users': so its check of who asks stands before this one. */
    private static final String BASE = "/users";
    private static final String RENAME = BASE + "/:oldUser/rename/:newUser";

    private final UsersRepository users;
    private final ServerAnnotations annotations;

    /** On James's users and our annotations. */
    @Inject
    public AnnotationRoutes(UsersRepository users, ServerAnnotations annotations) {
        this.users = users;
        this.annotations = annotations;
    }

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.before(RENAME, this::move);
    }

    /** What is no good request is left to James, which refuses it; so is one that goes on from a step, for the first one has moved all. */
    private void move(Request request, Response response) throws UsersRepositoryException {
        if (!"POST".equals(request.requestMethod()) || !"rename".equals(request.queryParams("action"))
                || request.queryParams("fromStep") != null) {
            return;
        }
        Username from = Username.of(request.params(":oldUser"));
        Username to = Username.of(request.params(":newUser"));
        if (!from.equals(to) && users.contains(from) && users.contains(to)) {
            move(from, to);
        }
    }

    /** What the new name has stays. */
    private void move(Username from, Username to) {
        Map<String, Optional<String>> taken = new HashMap<>();
        Map<String, Optional<String>> left = new HashMap<>();
        Map<String, String> newer = Optional.ofNullable(annotations.of(to).block()).orElseThrow();
        Optional.ofNullable(annotations.of(from).block()).orElseThrow().forEach((name, value) -> {
            if (!name.startsWith(ServerAnnotations.SHARED)) {
                taken.put(name, Optional.of(newer.getOrDefault(name, value)));
                left.put(name, Optional.empty());
            }
        });
        annotations.change(to, taken).then(annotations.change(from, left)).block();
    }
}
