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
package io.jamesext.dmap.dmtp;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * How often one client address may ask for signets, so that nobody tries all names there could be, or make us ask other domains for them,
 * so that nobody takes all the places there are for that.
 */
public final class LookupRate {
    /** Addresses that are counted at once. Protects the heap. */
    private static final int MOST_ADDRESSES = 100_000;
    /** Of IPv6 addresses, one client has as many as it likes with the same first 64 bits (RFC 4291 section 2.5.4). */
    private static final int NETWORK_BYTES = 8;

    private final int mostPerMinute;
    private final Cache<ByteBuffer, AtomicInteger> asked = CacheBuilder.newBuilder()
        .maximumSize(MOST_ADDRESSES)
        .expireAfterWrite(1, TimeUnit.MINUTES)
        .build();

    /** So many in a minute from one address; 0 is no limit. */
    public LookupRate(int mostPerMinute) {
        this.mostPerMinute = mostPerMinute;
    }

    /** Counts one. BUSY if it is one too many. */
    public void count(InetAddress client) {
        if (mostPerMinute > 0 && counter(client).incrementAndGet() > mostPerMinute) {
            throw new ProtocolException(Failure.BUSY, "too many questions, try again in a minute");
        }
    }

    private AtomicInteger counter(InetAddress client) {
        byte[] address = client.getAddress();
        try {
            return asked.get(ByteBuffer.wrap(Arrays.copyOf(address, Math.min(address.length, NETWORK_BYTES))), AtomicInteger::new);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a counter is made without fail", e);
        }
    }
}
