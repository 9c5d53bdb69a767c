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
package io.jamesext.ximss.web;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.jamesext.kernel.server.AddressBlock;
import io.jamesext.kernel.server.PublicAddress;

/**
 * Which servers the operator lets users ask, of those on the open internet.
 *
 * @param ports theirs; none when users may ask nobody
 * @param refused networks that they are not in
 */
public record WebRules(Set<Integer> ports, List<AddressBlock> refused) {
    /**
     * With networks as {@code 192.0.2.0/24}.
     *
     * @throws IllegalArgumentException when one is none
     */
    public static WebRules of(Set<Integer> ports, Collection<String> networks) {
        return new WebRules(ports, networks.stream().map(AddressBlock::of).toList());
    }

    boolean allow(InetAddress address) {
        return PublicAddress.is(address) && refused.stream().noneMatch(block -> block.contains(address));
    }
}
