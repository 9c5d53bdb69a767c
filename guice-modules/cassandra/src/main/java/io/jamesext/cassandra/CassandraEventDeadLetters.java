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

import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.bindMarker;
import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.deleteFrom;
import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.insertInto;
import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.selectFrom;
import static com.google.common.base.Preconditions.checkArgument;
import static io.jamesext.cassandra.DeadLettersTable.EVENT;
import static io.jamesext.cassandra.DeadLettersTable.GROUP;
import static io.jamesext.cassandra.DeadLettersTable.INSERTION_ID;
import static io.jamesext.cassandra.DeadLettersTable.NAME;

import org.apache.james.backends.cassandra.utils.CassandraAsyncExecutor;
import org.apache.james.events.Event;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.EventSerializer;
import org.apache.james.events.Group;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.github.fge.lambdas.Throwing;
import com.google.inject.Inject;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** James's dead letters on Cassandra, so that an event that a listener failed to handle outlives the process. */
final class CassandraEventDeadLetters implements EventDeadLetters {
    private final CassandraAsyncExecutor executor;
    private final EventSerializer serializer;
    private final PreparedStatement insert;
    private final PreparedStatement deleteOne;
    private final PreparedStatement deleteGroup;
    private final PreparedStatement select;
    private final PreparedStatement selectIds;
    private final PreparedStatement selectGroups;
    private final PreparedStatement selectAny;

    @Inject
    CassandraEventDeadLetters(CqlSession session, EventSerializer serializer) {
        this.executor = new CassandraAsyncExecutor(session);
        this.serializer = serializer;
        this.insert = session.prepare(insertInto(NAME).value(GROUP, bindMarker(GROUP)).value(INSERTION_ID, bindMarker(INSERTION_ID))
            .value(EVENT, bindMarker(EVENT)).build());
        this.deleteOne = session.prepare(deleteFrom(NAME).whereColumn(GROUP).isEqualTo(bindMarker(GROUP))
            .whereColumn(INSERTION_ID).isEqualTo(bindMarker(INSERTION_ID)).build());
        this.deleteGroup = session.prepare(deleteFrom(NAME).whereColumn(GROUP).isEqualTo(bindMarker(GROUP)).build());
        this.select = session.prepare(selectFrom(NAME).column(EVENT).whereColumn(GROUP).isEqualTo(bindMarker(GROUP))
            .whereColumn(INSERTION_ID).isEqualTo(bindMarker(INSERTION_ID)).build());
        this.selectIds = session.prepare(selectFrom(NAME).column(INSERTION_ID).whereColumn(GROUP).isEqualTo(bindMarker(GROUP)).build());
        this.selectGroups = session.prepare(selectFrom(NAME).distinct().column(GROUP).build());
        this.selectAny = session.prepare(selectFrom(NAME).column(INSERTION_ID).limit(1).build());
    }

    @Override
    public Mono<InsertionId> store(Group group, Event event) {
        check(group);
        checkArgument(event != null, FAIL_DELIVERED_EVENT_CANNOT_BE_NULL);
        InsertionId id = InsertionId.random();
        return executor.executeVoid(of(insert, group, id).setString(EVENT, serializer.toJson(event))).thenReturn(id);
    }

    @Override
    public Mono<Void> remove(Group group, InsertionId id) {
        check(group, id);
        return executor.executeVoid(of(deleteOne, group, id));
    }

    @Override
    public Mono<Void> remove(Group group) {
        check(group);
        return executor.executeVoid(of(deleteGroup, group));
    }

    @Override
    public Mono<Event> failedEvent(Group group, InsertionId id) {
        check(group, id);
        return executor.executeSingleRow(of(select, group, id)).map(row -> serializer.asEvent(row.getString(EVENT)));
    }

    @Override
    public Flux<InsertionId> failedIds(Group group) {
        check(group);
        return executor.executeRows(of(selectIds, group)).map(row -> InsertionId.of(row.getUuid(INSERTION_ID)));
    }

    @Override
    public Flux<Group> groupsWithFailedEvents() {
        return executor.executeRows(selectGroups.bind()).map(Throwing.function(row -> Group.deserialize(row.getString(GROUP))));
    }

    @Override
    public Mono<Boolean> containEvents() {
        return executor.executeReturnExists(selectAny.bind());
    }

    private static BoundStatement of(PreparedStatement statement, Group group) {
        return statement.bind().setString(GROUP, group.asString());
    }

    private static BoundStatement of(PreparedStatement statement, Group group, InsertionId id) {
        return of(statement, group).setUuid(INSERTION_ID, id.getId());
    }

    private static void check(Group group) {
        checkArgument(group != null, REGISTERED_GROUP_CANNOT_BE_NULL);
    }

    private static void check(Group group, InsertionId id) {
        check(group);
        checkArgument(id != null, FAIL_DELIVERED_ID_INSERTION_CANNOT_BE_NULL);
    }
}
