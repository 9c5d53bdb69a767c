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

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses are on the open internet: no network of the operator's, and none with a meaning of its own. */
public final class PublicAddress {
    /** IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast, and what is reserved. */
    private static final List<AddressBlock> SPECIAL_IPV4 = blocks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
        "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        // Azure's metadata, which only looks public.
        "168.63.129.16/32");
    /** RFC 4291 section 2.4: all that is given out. Loopback, mapped, NAT64, link-local, private and multicast addresses are outside. */
    private static final AddressBlock GLOBAL_IPV6 = AddressBlock.of("2000::/3");
    /** IANA IPv6 Special-Purpose Address Registry: protocols, Teredo and 6to4, which carry IPv4 addresses, and documentation. */
    private static final List<AddressBlock> SPECIAL_IPV6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48",
        "3fff::/20");

    private PublicAddress() {
    }

    /** Whether it is. Java has made IPv4 of an IPv4-mapped address before. */
    public static boolean is(InetAddress address) {
        boolean open = address instanceof Inet4Address
            ? SPECIAL_IPV4.stream().noneMatch(block -> block.contains(address))
            : GLOBAL_IPV6.contains(address) && SPECIAL_IPV6.stream().noneMatch(block -> block.contains(address));
        return open && !isOwn(address);
    }

    /** This machine's public addresses lead behind its own firewall. */
    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    private static List<AddressBlock> blocks(String... notations) {
        return Stream.of(notations).map(AddressBlock::of).toList();
    }
}
