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

import java.util.List;

import org.apache.james.backends.cassandra.components.CassandraModule;

import com.google.inject.Binder;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;

/** What each module of this package says to Guice about its tables and the classes that read and write them. */
final class Schema {
    private Schema() {
    }

    /** Adds tables to those that are created at start. */
    static void tables(Binder binder, CassandraModule... tables) {
        Multibinder<CassandraModule> all = Multibinder.newSetBinder(binder, CassandraModule.class);
        List.of(tables).forEach(table -> all.addBinding().toInstance(table));
    }

    /** One instance of each: they prepare their statements when they are made. */
    static void single(Binder binder, Class<?>... types) {
        List.of(types).forEach(type -> binder.bind(type).in(Scopes.SINGLETON));
    }
}
