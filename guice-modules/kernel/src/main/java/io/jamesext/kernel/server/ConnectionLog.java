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

import java.io.IOException;
import java.net.InetAddress;

import org.apache.james.util.MDCBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.handler.codec.CorruptedFrameException;

/**
 * The log lines of one connection.
 *
 * @param protocol the protocol's name
 * @param id the connection's
 */
record ConnectionLog(String protocol, String id) {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionLog.class);

    void info(InetAddress client, String event) {
        MDCBuilder mdc = MDCBuilder.create()
            .addToContext(MDCBuilder.PROTOCOL, protocol)
            .addToContext(MDCBuilder.SESSION_ID, id)
            .addToContext(MDCBuilder.IP, client.getHostAddress());
        MDCBuilder.withMdc(mdc, () -> LOGGER.info("{} {} {}", protocol, id, event));
    }

    void failed(Throwable cause) {
        failed(id, cause);
    }

    static void failed(String id, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof IOException || cause instanceof CorruptedFrameException) {
            // Resets, failed handshakes, frames that are none and the like: the client's or the network's doing, and nothing to answer.
            LOGGER.debug("connection {} failed", id, cause);
        } else {
            LOGGER.error("connection {} failed", id, cause);
        }
    }
}
