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
package io.jamesext.ximss.rule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.apache.james.core.Username;
import org.apache.james.sieverepository.api.ScriptContent;
import org.apache.james.sieverepository.api.ScriptName;
import org.apache.james.sieverepository.api.ScriptSummary;
import org.apache.james.sieverepository.api.SieveRepository;
import org.apache.james.sieverepository.api.exception.QuotaExceededException;
import org.apache.james.sieverepository.api.exception.ScriptNotFoundException;
import org.apache.james.sieverepository.api.exception.SieveRepositoryException;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.table.Replacements;
import reactor.core.publisher.Mono;

/**
 * The rules of users, in James's own repository of Sieve scripts, where ManageSieve and the Sieve mailet find them. The user's other
 * scripts are never touched: while one of them is active, no rule can be set. One session changes the rules of a user at a time, on all
 * nodes.
 */
public final class MailRules {
    /** The script, as the user sees it by ManageSieve. */
    public static final String SCRIPT = "XIMSS rules";
    /** These two protect James, which parses the script for each message that comes. */
    private static final int MAX_RULES = 100;
    private static final int MAX_SCRIPT = 65_536;
    private static final ScriptName NAME = new ScriptName(SCRIPT);

    private final SieveRepository scripts;
    private final Replacements claims;

    /** On James's scripts, and on what says who changes something. */
    public MailRules(SieveRepository scripts, Replacements claims) {
        this.scripts = scripts;
        this.claims = claims;
    }

    /** What is there of a user's. */
    private record Stored(Optional<String> ours, Optional<String> active, List<Rule> rules) {
        boolean isActive() {
            return active.isPresent() && active.equals(ours);
        }
    }

    /** The rules of a user. Fails with {@link Failure#CONFLICT} when somebody else has changed the script. */
    public Mono<UserRules> of(Username user) {
        return Blocking.call(() -> {
            Stored stored = load(user);
            return new UserRules(stored.rules, stored.isActive());
        });
    }

    /**
     * Changes the rules of a user and makes them the ones that are applied. Fails with {@link Failure#CONFLICT} when somebody else has
     * changed the script, or changes it now, or when another script of the user's is active; with {@link Failure#OVER_QUOTA} when James's
     * quota of scripts is exceeded.
     *
     * @param change from the rules to what they become
     */
    public Mono<Void> set(Username user, Function<List<Rule>, List<Rule>> change) {
        return exclusively(user, () -> {
            Stored stored = load(user);
            if (stored.active.isPresent() && !stored.isActive()) {
                throw new ProtocolException(Failure.CONFLICT,
                    "another Sieve script is active: deactivate it by ManageSieve, then rules can be set");
            }
            store(user, change.apply(stored.rules), true);
        });
    }

    /** Changes the rules of a user; whether they are applied stays as it is. Fails likewise, but for another script. */
    public Mono<Void> change(Username user, Function<List<Rule>, List<Rule>> change) {
        return exclusively(user, () -> {
            Stored stored = load(user);
            store(user, change.apply(stored.rules), stored.isActive());
        });
    }

    /** Removes all scripts of a user, the active one too: for one who is new and gets the name of another who has gone. */
    public Mono<Void> clear(Username user) {
        return Blocking.run(() -> {
            List<ScriptSummary> left = scripts.listScripts(user);
            if (!left.isEmpty()) {
                scripts.setActive(user, SieveRepository.NO_SCRIPT_NAME);
            }
            for (ScriptSummary script : left) {
                scripts.deleteScript(user, script.getName());
            }
        });
    }

    private Mono<Void> exclusively(Username user, Blocking.Action work) {
        UUID owner = UUID.randomUUID();
        String what = "rules of " + user.asString();
        return Mono.usingWhen(
            claims.claim(what, 0, owner).filter(claimed -> claimed)
                .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.CONFLICT, "the rules are being changed already"))),
            claimed -> Blocking.run(work),
            // What is done is done: a claim that cannot be given back ends by itself.
            claimed -> claims.release(what, 0, owner).onErrorComplete());
    }

    private Stored load(Username user) throws SieveRepositoryException, IOException {
        Optional<String> ours = text(() -> scripts.getScript(user, NAME));
        List<Rule> rules = ours.map(script -> RuleScript.read(script).orElseThrow(() -> new ProtocolException(Failure.CONFLICT,
            "the Sieve script \"" + SCRIPT + "\" was changed outside of XIMSS: rename or remove it by ManageSieve"))).orElse(List.of());
        return new Stored(ours, text(() -> scripts.getActive(user)), rules);
    }

    private void store(Username user, List<Rule> rules, boolean activate) throws SieveRepositoryException, IOException {
        String script = RuleScript.write(rules);
        if (rules.size() > MAX_RULES || script.length() > MAX_SCRIPT) {
            throw new ProtocolException(Failure.TOO_BIG, "a user has at most " + MAX_RULES + " rules, which come to "
                + MAX_SCRIPT + " characters at most");
        }
        try {
            scripts.putScript(user, NAME, new ScriptContent(script));
        } catch (QuotaExceededException e) {
            throw new ProtocolException(Failure.OVER_QUOTA, "the quota of Sieve scripts is exceeded");
        }
        if (activate) {
            // Also where it is active already: James's Cassandra repository notes a script that is put as an inactive one.
            scripts.setActive(user, NAME);
        }
        // That repository is silent when a script could not be stored.
        Optional<String> stored = text(() -> activate ? scripts.getActive(user) : scripts.getScript(user, NAME));
        if (!stored.equals(Optional.of(script))) {
            throw new IllegalStateException("the Sieve script was not stored");
        }
    }

    /** A script of James's. */
    @FunctionalInterface
    private interface Source {
        InputStream open() throws SieveRepositoryException;
    }

    /** As much of it as a script of ours can have, and a little more. */
    private static Optional<String> text(Source source) throws SieveRepositoryException, IOException {
        try (InputStream in = source.open()) {
            return Optional.of(new String(in.readNBytes(4 * MAX_SCRIPT), StandardCharsets.UTF_8));
        } catch (ScriptNotFoundException e) {
            return Optional.empty();
        }
    }
}
