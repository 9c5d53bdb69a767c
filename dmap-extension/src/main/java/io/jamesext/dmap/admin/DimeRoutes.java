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

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.apache.james.webadmin.utils.Responses;
import org.eclipse.jetty.http.HttpStatus;

import com.google.common.base.Enums;
import com.google.inject.Inject;

import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.Organisation;
import spark.HaltException;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * How an operator sees and sets the modes of accounts, and sees the domains with keys. Named in {@code webadmin.properties} as
 * {@code extensions.routes}.
 *
 * <pre>
 * GET    /dmap/users/{user}/mode     200 {"mode":"CAUTIOUS","isDefault":false}
 * PUT    /dmap/users/{user}/mode     204; the body is TRUSTFUL, CAUTIOUS or PARANOID
 * DELETE /dmap/users/{user}/mode     204, also when the account has none of its own: it has the default of dime.xml
 * DELETE /dmap/users/{user}          204; of a user that was removed: the next one of that name shall not have the keys
 * GET    /dmap/organisations         200 [{"domain":"example.org","fingerprint":"...","level":"IDENTIFIED"}]
 * </pre>
 *
 * <p>404 for an unknown user, 400 for another mode, 409 where the account has private keys here that the server is not to have in the
 * new mode. With {@code ?privateKeys=delete} these are deleted then. What a user has who is there cannot be removed: 409.
 */
public final class DimeRoutes implements Routes {
    private static final String BASE = "/dmap";
    private static final String USER = BASE + "/users/:user";
    private static final String MODE = USER + "/mode";
    private static final String ORGANISATIONS = BASE + "/organisations";

    private final UsersRepository users;
    private final Dime dime;
    private final Accounts accounts;
    private final JsonTransformer json;

    /** On James's users and the keys. */
    @Inject
    public DimeRoutes(UsersRepository users, Dime dime, Accounts accounts, JsonTransformer json) {
        this.users = users;
        this.dime = dime;
        this.accounts = accounts;
        this.json = json;
    }

    /** What is told of an account. */
    public record AccountMode(Mode mode, boolean isDefault) {
    }

    /** What is told of a domain. */
    public record DomainKeys(String domain, String fingerprint, SignetLevel level) {
        static DomainKeys of(Organisation organisation) {
            return new DomainKeys(organisation.domain(), organisation.signet().fingerprint(SignetLevel.CRYPTO).toString(),
                organisation.signet().level());
        }
    }

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(MODE, (request, response) -> mode(request), json);
        service.put(MODE, this::setMode);
        service.delete(MODE, this::resetMode);
        service.delete(USER, this::forget);
        service.get(ORGANISATIONS, (request, response) -> organisations(), json);
    }

    private AccountMode mode(Request request) throws UsersRepositoryException {
        return Objects.requireNonNull(dime.modes().ownOf(user(request))
            .map(mode -> new AccountMode(mode, false))
            .defaultIfEmpty(new AccountMode(dime.modes().byDefault(), true))
            .block());
    }

    private String setMode(Request request, Response response) throws UsersRepositoryException {
        Username user = user(request);
        Mode mode = Enums.getIfPresent(Mode.class, request.body().trim()).toJavaUtil()
            .orElseThrow(() -> refusal(HttpStatus.BAD_REQUEST_400, ErrorType.INVALID_ARGUMENT,
                "The body is expected to be TRUSTFUL, CAUTIOUS or PARANOID"));
        enter(Optional.of(mode), user, request);
        return Responses.returnNoContent(response);
    }

    private String resetMode(Request request, Response response) throws UsersRepositoryException {
        enter(Optional.empty(), user(request), request);
        return Responses.returnNoContent(response);
    }

    /** A private key may be the only copy: it is deleted only when the operator says so. */
    private void enter(Optional<Mode> own, Username user, Request request) {
        if (!Objects.requireNonNull(accounts.enter(user, own, "delete".equals(request.queryParams("privateKeys"))).block())) {
            throw refusal(HttpStatus.CONFLICT_409, ErrorType.WRONG_STATE, "The server has private keys of the user that it is not to have "
                + "in this mode; ?privateKeys=delete deletes them, and they are lost where the user has no copy");
        }
    }

    /** James has no news of users that are removed, and their names can be given again. */
    private String forget(Request request, Response response) throws UsersRepositoryException {
        Username user = named(request).orElseThrow(() -> refusal(HttpStatus.NOT_FOUND_404, ErrorType.NOT_FOUND, "No user has such a name"));
        if (users.contains(user)) {
            throw refusal(HttpStatus.CONFLICT_409, ErrorType.WRONG_STATE, "The user is there: remove the user first");
        }
        accounts.forget(user).block();
        return Responses.returnNoContent(response);
    }

    private List<DomainKeys> organisations() {
        return dime.organisations().all().stream()
            .map(DomainKeys::of)
            .sorted(Comparator.comparing(DomainKeys::domain))
            .toList();
    }

    private Username user(Request request) throws UsersRepositoryException {
        Optional<Username> user = named(request);
        if (user.isPresent() && users.contains(user.get())) {
            return user.get();
        }
        throw refusal(HttpStatus.NOT_FOUND_404, ErrorType.NOT_FOUND, "There is no such user");
    }

    private static Optional<Username> named(Request request) {
        try {
            return Optional.of(Username.of(Objects.requireNonNull(request.params(":user"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static HaltException refusal(int status, ErrorType type, String message) {
        return ErrorResponder.builder().statusCode(status).type(type).message(message).haltError();
    }
}
