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
package io.jamesext.kernel.operation;

import java.util.Optional;

import org.apache.james.core.Username;

/** What the server remembers of one connection. Implementations have typed fields and methods named after events. */
public interface Session {
    /** The present state of the protocol's own state diagram. */
    Enum<?> state();

    /** Who is logged in, for logs; empty before log-in. */
    Optional<Username> user();

    /** The connection has ended and no operation runs any more: release what is held. Called once. */
    void close();
}
