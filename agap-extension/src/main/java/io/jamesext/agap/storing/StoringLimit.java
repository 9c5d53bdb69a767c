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
package io.jamesext.agap.storing;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

/**
 * How many items a sender may add in an hour. A user is counted wherever they are, a stranger by the address: of IPv6 by its network of 64
 * bits, for a site gets no less (RFC 6177). What is refused counts too, so that nobody tries many names.
 */
public final class StoringLimit {
    private static final Duration WINDOW = Duration.ofHours(1);
    /** Bounds what many addresses can make us remember. */
    private static final long MAX_REMEMBERED = 100_000;
    /** In octets. */
    private static final int IPV6_PREFIX = 8;

    private final Cache<Object, AtomicInteger> taken = CacheBuilder.newBuilder()
        .expireAfterWrite(WINDOW).maximumSize(MAX_REMEMBERED).build();

    /**
     * Counts one.
     *
     * @param most in an hour; 0 is no limit
     * @return false when it is one too many
     */
    public boolean take(Sender sender, int most) {
        return most == 0 || taken.asMap().computeIfAbsent(key(sender), first -> new AtomicInteger()).incrementAndGet() <= most;
    }

    private static Object key(Sender sender) {
        if (sender.user().isPresent()) {
            return sender.user().get();
        }
        byte[] octets = sender.address().getAddress();
        return ByteBuffer.wrap(sender.address() instanceof Inet6Address ? Arrays.copyOf(octets, IPV6_PREFIX) : octets);
    }
}
