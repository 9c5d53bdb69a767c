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
package io.jamesext.ximss.cli;

import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;

/**
 * A row of the table. The names are those of James's own command line.
 *
 * @param arguments what they are called; as many must be given
 * @param own whether these arguments name only what is the asker's own, who then needs to be no administrator
 */
record Command(String name, List<String> arguments, Own own, Action action) {
    /** For administrators alone. */
    static final Own NEVER = (arguments, asker) -> false;

    /** Whose it is. */
    @FunctionalInterface
    interface Own {
        /** Whether it is the asker's. */
        boolean test(List<String> arguments, MailboxSession asker) throws Exception;
    }

    /** What it does, and blocks. */
    @FunctionalInterface
    interface Action {
        /** Its result, if it has one. */
        Optional<Result> run(List<String> arguments, MailboxSession asker) throws Exception;
    }

    /** Without a result. */
    @FunctionalInterface
    interface Change {
        /** Does it. */
        void run(List<String> arguments, MailboxSession asker) throws Exception;
    }

    static Command change(String name, List<String> arguments, Own own, Change change) {
        return new Command(name, arguments, own, (given, asker) -> {
            change.run(given, asker);
            return Optional.empty();
        });
    }

    static Command result(String name, List<String> arguments, Own own, Action action) {
        return new Command(name, arguments, own, action);
    }
}
