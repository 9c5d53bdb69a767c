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
package io.jamesext.agap.op.notauthenticated;

import java.util.Arrays;
import java.util.List;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.AgapSettings;
import io.jamesext.agap.session.Mechanism;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.auth.LogIn;

/** Which mechanisms a client can use on one server: AGAP section 4.6, all that are supported are told by CAPA. */
public final class Mechanisms {
    private final LogIn logIn;
    private final AgapSettings settings;

    /** With the server's log-in and its configuration. */
    public Mechanisms(LogIn logIn, AgapSettings settings) {
        this.logIn = logIn;
        this.settings = settings;
    }

    /** Those that work for this client now, in the order of the draft. */
    List<Mechanism> offered(Client client) {
        return Arrays.stream(Mechanism.values())
            .filter(mechanism -> mechanism.isHashed() ? logIn.keepsPasswords() : logIn.mayUsePassword(client))
            .filter(mechanism -> settings.presence() || mechanism.goal() != Mechanism.Goal.PRESENCE)
            .collect(ImmutableList.toImmutableList());
    }
}
