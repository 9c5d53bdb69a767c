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
package io.jamesext.kernel.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import com.google.common.net.InetAddresses;

import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.AttributeKey;

/** Where a client is: at the other end, or, under James's key {@code proxyRequired}, where the proxy says. */
public final class ClientAddress {
    private static final AttributeKey<InetAddress> PROXIED = AttributeKey.valueOf(ClientAddress.class, "proxied");

    private ClientAddress() {
    }

    /** The address of the client on this connection. */
    public static InetAddress of(Channel channel) {
        InetAddress proxied = channel.attr(PROXIED).get();
        return proxied != null ? proxied : ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    /** What the proxy says; a proxy that checks our health names nobody. Takes the message over. */
    public static void proxied(Channel channel, HAProxyMessage message) {
        try {
            String address = message.sourceAddress();
            if (address != null && InetAddresses.isInetAddress(address)) {
                channel.attr(PROXIED).set(InetAddresses.forString(address));
            }
        } finally {
            message.release();
        }
    }
}
