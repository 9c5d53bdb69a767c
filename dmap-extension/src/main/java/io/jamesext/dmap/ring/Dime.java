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
package io.jamesext.dmap.ring;

import com.google.inject.Inject;

/**
 * What deals with DIME's keys.
 *
 * @param organisations the domains with keys
 * @param modes how far accounts trust the server
 * @param keys the users' own keys
 * @param ring the signets of others that users have pinned
 * @param signets those that this installation answers for
 * @param remote those that others answer for
 */
public record Dime(Organisations organisations, Modes modes, KeyRing keys, SignetTable ring, Signets signets, RemoteSignets remote) {
    /** By injection. */
    @Inject
    public Dime {
    }
}
