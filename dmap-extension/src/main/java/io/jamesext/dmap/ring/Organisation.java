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

import java.util.List;

import org.apache.james.core.Username;

import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;

/**
 * A domain of this installation.
 *
 * @param domain in small letters
 * @param keys its private keys
 * @param signet its own signet, with the public halves
 */
public record Organisation(String domain, PrivateKeys keys, Signet signet) {
    /**
     * The signet that a user of the domain asks for. Of level IDENTIFIED, so that it says whose it is; nothing else about the user.
     *
     * @param request signed by its owner
     */
    public Signet sign(Signet request, Username user) {
        Signet full = SignetIssuer.full(SignetIssuer.user(request, keys.signingKey()), List.of(), keys.signingKey());
        return SignetIssuer.identified(full, user.asString(), keys.signingKey());
    }
}
