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

package io.jamesext.agap.admin;

import java.util.Objects;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.apache.james.webadmin.utils.Responses;
import org.eclipse.jetty.http.HttpStatus;

import com.google.inject.Inject;

import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderTag;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;
import spark.HaltException;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * How an operator lists, sets and takes away the tags of a folder by James's WebAdmin, for only the server sets them: AGAP section 2.10.1.
 * Named in {@code webadmin.properties} as {@code extensions.routes}.
 *
 * <pre>
 * GET    /agap/users/{user}/folders/{folder}/tags          200 with their names
 * PUT    /agap/users/{user}/folders/{folder}/tags/{tag}    204, also when the tag is set
 * DELETE /agap/users/{user}/folders/{folder}/tags/{tag}    204, also when it is not
 * </pre>
 *
 * <p>The folder is its path in AGAP, URL-encoded; the first slash may be left out. 404 for an unknown user or folder, 400 for no
 * possible tag or path, 409 for a tag that the folder has by its nature.
 */
public final class FolderTagRoutes implements Routes {
    private static final String BASE = "/agap/users";
    private static final String TAGS = BASE + "/:user/folders/:folder/tags";
    private static final String TAG = TAGS + "/:tag";

    private final MailboxManager mailboxManager;
    private final UsersRepository users;
    private final Folders folders;
    private final FolderTags tags;
    private final JsonTransformer json;

    /** On James's users and mailboxes. */
    @Inject
    public FolderTagRoutes(MailboxManager mailboxManager, UsersRepository users, Folders folders, FolderTags tags, JsonTransformer json) {
        this.mailboxManager = mailboxManager;
        this.users = users;
        this.folders = folders;
        this.tags = tags;
        this.json = json;
    }

    /** A folder of a user. */
    private record Place(Folder folder, FolderType type, MailboxSession owner) {
    }

    /** What is done to a tag of a folder. */
    private interface Change {
        Mono<Void> of(FolderTag tag, Folder folder, MailboxSession owner);
    }

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(TAGS, (request, response) -> answer(place(request).flatMap(place ->
            tags.of(place.folder, place.type, place.owner).map(found -> found.stream().sorted().map(FolderTag::toString).toList()))), json);
        service.put(TAG, (request, response) -> change(request, response, tags::set));
        service.delete(TAG, (request, response) -> change(request, response, tags::unset));
    }

    private String change(Request request, Response response, Change change) throws UsersRepositoryException {
        FolderTag tag = FolderTag.named(parameter(request, ":tag"))
            .orElseThrow(() -> refusal(HttpStatus.BAD_REQUEST_400, ErrorType.INVALID_ARGUMENT, "No folder has such a tag"));
        answer(place(request).flatMap(place -> {
            if (FolderTags.natural(place.folder.path(), place.type).contains(tag)) {
                return Mono.error(new ProtocolException(Failure.CONFLICT, "The folder has this tag by its nature"));
            }
            return change.of(tag, place.folder, place.owner).thenReturn(tag);
        }));
        return Responses.returnNoContent(response);
    }

    private Mono<Place> place(Request request) throws UsersRepositoryException {
        Username user = Username.of(parameter(request, ":user"));
        if (!users.contains(user)) {
            throw refusal(HttpStatus.NOT_FOUND_404, ErrorType.NOT_FOUND, "There is no such user");
        }
        MailboxSession owner = mailboxManager.createSystemSession(user);
        String path = parameter(request, ":folder");
        return Mono.fromCallable(() -> FolderPath.parse(path.startsWith("/") ? path : "/" + path, Optional.empty()))
            .flatMap(parsed -> folders.find(parsed, owner))
            .flatMap(folder -> folders.type(folder, owner).map(type -> new Place(folder, type, owner)));
    }

    /** Routes are called where blocking is allowed: on a thread of Jetty's. */
    private static <T> T answer(Mono<T> work) {
        try {
            return Objects.requireNonNull(work.block());
        } catch (ProtocolException e) {
            throw refusal(e);
        }
    }

    private static HaltException refusal(ProtocolException failure) {
        return switch (failure.failure()) {
            case NO_SUCH_MAILBOX -> refusal(HttpStatus.NOT_FOUND_404, ErrorType.NOT_FOUND, "There is no such folder");
            case BAD_MAILBOX_NAME -> refusal(HttpStatus.BAD_REQUEST_400, ErrorType.INVALID_ARGUMENT, "No folder has such a path");
            case CONFLICT, BUSY -> refusal(HttpStatus.CONFLICT_409, ErrorType.WRONG_STATE, failure.text());
            default -> throw failure;
        };
    }

    private static HaltException refusal(int status, ErrorType type, String message) {
        return ErrorResponder.builder().statusCode(status).type(type).message(message).haltError();
    }

    private static String parameter(Request request, String name) {
        return Objects.requireNonNull(request.params(name));
    }
}
