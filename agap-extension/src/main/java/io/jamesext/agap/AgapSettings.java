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
package io.jamesext.agap;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;

import io.jamesext.agap.item.ItemBody;
import io.jamesext.kernel.server.AddressBlock;
import io.jamesext.kernel.server.ConfigurationCheck.Kind;

/**
 * AGAP's own keys of a server's configuration.
 *
 * @param items how items are received
 * @param refused networks whose clients get 531; AGAP section 4.4
 * @param presence false when nobody may announce or ask for presence; AGAP section 4.33
 * @param anonymousPresence true when strangers may ask for presence; AGAP section 4.6
 * @param anonymousStoring true when strangers may use FSTO; AGAP section 4.6
 * @param storedPerHour how many items a sender may add to others' accounts by FSTO in an hour; 0 is no limit
 */
public record AgapSettings(ItemBody items, List<AddressBlock> refused, boolean presence, boolean anonymousPresence,
                           boolean anonymousStoring, int storedPerHour) {
    private static final int DEFAULT_STORED_PER_HOUR = 60;

    /** The keys, and what each may be. */
    static final Map<String, Kind> KEYS = ImmutableMap.of(
        ItemBody.MAX_ITEM_BYTES, Kind.NUMBER,
        "refused", Kind.TEXT,
        "presence", Kind.BOOLEAN,
        "anonymousPresence", Kind.BOOLEAN,
        "anonymousStoring", Kind.BOOLEAN,
        "storedPerHour", Kind.NUMBER);

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException that names the file, the key and what was expected
     */
    static AgapSettings of(HierarchicalConfiguration<ImmutableNode> configuration) {
        boolean presence = configuration.getBoolean("presence", true);
        return new AgapSettings(items(configuration), refused(configuration), presence,
            presence && configuration.getBoolean("anonymousPresence", false), configuration.getBoolean("anonymousStoring", false),
            configuration.getInt("storedPerHour", DEFAULT_STORED_PER_HOUR));
    }

    private static ItemBody items(HierarchicalConfiguration<ImmutableNode> configuration) {
        int maxItemBytes = configuration.getInt(ItemBody.MAX_ITEM_BYTES, ItemBody.DEFAULT_MAX_OCTETS);
        if (maxItemBytes < ItemBody.LEAST_MAX_OCTETS || maxItemBytes > ItemBody.MOST_MAX_OCTETS) {
            throw new IllegalArgumentException("agapserver.xml: key `" + ItemBody.MAX_ITEM_BYTES + "` is `" + maxItemBytes
                + "`; expected a number from " + ItemBody.LEAST_MAX_OCTETS + " to " + ItemBody.MOST_MAX_OCTETS);
        }
        return new ItemBody(maxItemBytes);
    }

    private static List<AddressBlock> refused(HierarchicalConfiguration<ImmutableNode> configuration) {
        List<String> networks = Stream.of(configuration.getStringArray("refused"))
            .flatMap(some -> Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(some))
            .toList();
        try {
            return networks.stream().map(AddressBlock::of).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("agapserver.xml: key `refused` is `" + String.join(",", networks)
                + "`; expected networks, as 192.0.2.0/24,2001:db8::/32", e);
        }
    }

    /** True for a client in one of the networks that are refused. */
    boolean refuses(InetAddress client) {
        return refused.stream().anyMatch(network -> network.contains(client));
    }
}
