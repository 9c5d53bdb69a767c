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
package io.jamesext.groupware;

import java.util.Map;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.kernel.table.SideTables;
import reactor.core.publisher.Mono;

/** Short texts that belong to a user, by kind and name: what James keeps for no user. */
public interface UserSettings {
    /** What a text is. */
    enum Kind {
        /** XIMSS, "Mailbox Management": from an alias to a mailbox's name. */
        MAILBOX_ALIAS("mailbox-alias"),
        /** XIMSS, "Mailbox Operations": the preferences DeleteMode, TrashBox and whatever else a client keeps there. */
        PREFERENCE("preference"),
        /** XIMSS, "Service Operations", passwordModify: where a user is reached who has forgotten the password. */
        RECOVERY("recovery"),
        /** XIMSS, "Service Operations", currentStatus: the last log-in and the last one that failed. */
        LOG_IN("log-in"),
        /** XIMSS, "Pre-Login Operations", signup: the real name. */
        ACCOUNT("account"),
        /** XIMSS, "Account Management": from an element of the account's access control list to its letters. */
        ACCOUNT_ACL("account-acl"),
        /** XIMSS, "Secure Messaging": the private key of S/MIME, sealed, with its certificates. */
        SMIME("smime"),
        /** AGAP section 2.10.2: from a mailbox's identifier to the tags that an operator gave it. */
        FOLDER_TAGS("folder-tags");

        /** As the tables have it. */
        private final String column;

        Kind(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }
    }

    /** All of a kind, by their names, in the order of these. */
    Mono<Map<String, String>> all(Username user, Kind kind);

    /** One of them, or empty. */
    Mono<String> find(Username user, Kind kind, String name);

    /** Keeps it in the place of an earlier one. */
    Mono<Void> put(Username user, Kind kind, String name, String value);

    /**
     * Keeps it if what is there is still what is expected: of several that change it so, on whatever nodes, one does. Not for texts that
     * others put.
     *
     * @param expected empty when there should be none
     * @return whether it is kept
     */
    Mono<Boolean> replace(Username user, Kind kind, String name, Optional<String> expected, String value);

    /** Removes it, if it is there. */
    Mono<Void> remove(Username user, Kind kind, String name);

    /** Removes all that a user has, of every kind: for one who is new and gets the name of another who has gone. */
    Mono<Void> clear(Username user);

    /** In Cassandra where James is, otherwise in memory. */
    static UserSettings on(Optional<SideTables> tables) {
        return tables.<UserSettings>map(CassandraUserSettings::new).orElseGet(MemoryUserSettings::new);
    }
}
