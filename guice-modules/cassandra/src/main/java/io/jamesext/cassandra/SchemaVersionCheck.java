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

package io.jamesext.cassandra;

import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionManager;
import org.apache.james.lifecycle.api.StartUpCheck;

import com.google.inject.Inject;

/** Stops the start when the tables are of a James that is too old or too new for this one. */
final class SchemaVersionCheck implements StartUpCheck {
    private static final String NAME = "CassandraSchemaVersion";

    private final CassandraSchemaVersionManager versions;

    @Inject
    SchemaVersionCheck(CassandraSchemaVersionManager versions) {
        this.versions = versions;
    }

    @Override
    public String checkName() {
        return NAME;
    }

    @Override
    public CheckResult check() {
        return switch (versions.computeSchemaState()) {
            case UP_TO_DATE -> result(ResultType.GOOD, "up to date");
            case UPGRADABLE -> result(ResultType.GOOD, "can be upgraded: POST /cassandra/version/upgrade/latest on WebAdmin");
            case TOO_OLD -> result(ResultType.BAD,
                "too old: upgrade it with the James that wrote it, by POST /cassandra/version/upgrade/latest on its WebAdmin");
            case TOO_RECENT -> result(ResultType.BAD, "written by a newer James: start that one, or name another cassandra.keyspace");
        };
    }

    private CheckResult result(ResultType type, String description) {
        return CheckResult.builder()
            .checkName(NAME)
            .resultType(type)
            .description("The schema has version %s, this James supports %d to %d: %s".formatted(
                versions.computeVersion().block(), versions.getMinimumSupportedVersion().getValue(),
                versions.getMaximumSupportedVersion().getValue(), description))
            .build();
    }
}
