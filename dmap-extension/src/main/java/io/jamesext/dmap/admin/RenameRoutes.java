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
package io.jamesext.dmap.admin;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.eclipse.jetty.http.HttpStatus;

import com.google.inject.Inject;

import io.jamesext.kernel.failure.ProtocolException;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Lets keys, pinned signets and the mode go along when an operator renames a user by James's WebAdmin. Named in
 * {@code webadmin.properties} as {@code extensions.routes}.
 *
 * <pre>
 * POST /users/{oldUser}/rename/{newUser}?action=rename     James's own
 * </pre>
 *
 * <p>It comes before James: a jar cannot add to James's steps of a rename (these are bound where its modules do not reach), and the mode
 * has to be there before the mailboxes are. Where it cannot be done, it is 409 and James does not begin.
 */
public final class RenameRoutes implements Routes {
    /** James's users': so its check of who asks stands before this one. */
    private static final String BASE = "/users";
    private static final String RENAME = BASE + "/:oldUser/rename/:newUser";

    private final UsersRepository users;
    private final Accounts accounts;

    /** On James's users and the accounts. */
    @Inject
    public RenameRoutes(UsersRepository users, Accounts accounts) {
        this.users = users;
        this.accounts = accounts;
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
        if (!users.contains(from) || !users.contains(to)) {
            return;
        }
        try {
            accounts.rename(from, to).block();
        } catch (ProtocolException e) {
            throw ErrorResponder.builder().statusCode(HttpStatus.CONFLICT_409).type(ErrorType.WRONG_STATE)
                .message("The keys and the mode of the user cannot be moved: " + e.text()).haltError();
        }
    }
}
