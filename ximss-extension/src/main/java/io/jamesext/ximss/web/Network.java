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
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

/**
 * The way to other servers.
 *
 * @param names looks names up, and blocks
 * @param route where the connection to an address that was checked goes: to that address, but for tests
 * @param tls whose certificates are trusted
 */
public record Network(Names names, UnaryOperator<InetSocketAddress> route, SslContext tls) {
    /** DNS. */
    @FunctionalInterface
    public interface Names {
        /** The addresses of a name, at least one. */
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /** The internet, as this machine sees it. */
    static Network internet() {
        try {
            return new Network(host -> List.of(InetAddress.getAllByName(host)), UnaryOperator.identity(),
                SslContextBuilder.forClient().build());
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }
}
