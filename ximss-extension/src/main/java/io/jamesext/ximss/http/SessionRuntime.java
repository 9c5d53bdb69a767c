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
package io.jamesext.ximss.http;

import java.time.Duration;

import io.jamesext.kernel.server.Dispatcher;
import io.jamesext.kernel.server.News;
import io.jamesext.kernel.server.Protocol;
import io.jamesext.kernel.server.ServerConnections;
import io.jamesext.ximss.reply.XimssReply;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;

/**
 * What all sessions of one server need.
 *
 * @param protocol XIMSS
 * @param connections the server's
 * @param dispatcher runs the operations
 */
record SessionRuntime(Protocol<Element, XimssSession, XimssReply> protocol, ServerConnections connections,
                      Dispatcher<Element, XimssSession, XimssReply> dispatcher) {
    /** How long a session lives without a request: XIMSS, "Protocol and Message Syntax". */
    Duration idle() {
        return connections.idleTimeout();
    }

    News<XimssReply> newNews() {
        return connections.news(protocol);
    }
}
