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
package io.jamesext.kernel.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

import org.apache.james.core.Username;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

/**
 * How long the next log-in has to wait after wrong ones. An address is one of IPv4, or a network of 64 bits of IPv6: a site gets no less
 * (RFC 6177), so who has one address there has all of them. The wait doubles with each; an address may be held back for longer than a
 * user, so that guessing at a user from elsewhere cannot lock the user out. Who has logged in from an address does not wait for what
 * others do there; but that one user knows a password gives nobody there another try at other users. The same slows whatever else anybody
 * may ask without a log-in, where each request counts as a wrong one.
 */
public final class LogInThrottle {
    /** Wrong log-ins that cost nothing: people mistype. */
    private static final int FREE = 2;
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration MAX_FOR_ADDRESS = Duration.ofSeconds(30);
    private static final Duration MAX_FOR_USER = Duration.ofSeconds(4);
    /** Wrong log-ins are forgotten after this time without another. */
    private static final Duration MEMORY = Duration.ofMinutes(15);
    private static final Duration MEMORY_OF_SUCCESS = Duration.ofDays(1);
    /** Bounds what an attacker with many addresses or names can make us remember. */
    private static final long MAX_REMEMBERED = 100_000;

    /** In octets. */
    private static final int IPV6_PREFIX = 8;

    private final Cache<Network, Integer> byNetwork = counters();
    private final Cache<Username, Integer> byUser = counters();
    private final Cache<Place, Boolean> known = CacheBuilder.newBuilder().expireAfterWrite(MEMORY_OF_SUCCESS).maximumSize(MAX_REMEMBERED)
        .build();

    private record Place(Network network, Username user) {
    }

    /** By its first octets. */
    private record Network(ByteBuffer prefix) {
        static Network of(InetAddress address) {
            byte[] octets = address.getAddress();
            return new Network(ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(octets, IPV6_PREFIX) : octets));
        }
    }

    private static <K> Cache<K, Integer> counters() {
        return CacheBuilder.newBuilder().expireAfterWrite(MEMORY).maximumSize(MAX_REMEMBERED).build();
    }

    /** How long the next one of that address and for that user waits. */
    public Duration delay(InetAddress address, Username user) {
        Network network = Network.of(address);
        boolean isKnown = known.getIfPresent(new Place(network, user)) != null;
        Duration forAddress = isKnown ? Duration.ZERO : delay(byNetwork.getIfPresent(network), MAX_FOR_ADDRESS);
        Duration forUser = delay(byUser.getIfPresent(user), MAX_FOR_USER);
        return forAddress.compareTo(forUser) > 0 ? forAddress : forUser;
    }

    /** One was wrong. */
    public void failed(InetAddress address, Username user) {
        byNetwork.asMap().merge(Network.of(address), 1, Integer::sum);
        byUser.asMap().merge(user, 1, Integer::sum);
    }

    /** One was right. */
    public void succeeded(InetAddress address, Username user) {
        byUser.invalidate(user);
        known.put(new Place(Network.of(address), user), true);
    }

    private static Duration delay(@org.jspecify.annotations.Nullable Integer failures, Duration most) {
        if (failures == null || failures <= FREE) {
            return Duration.ZERO;
        }
        // The shift is capped long before it could overflow.
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - FREE - 1, 16));
        return delay.compareTo(most) > 0 ? most : delay;
    }
}
