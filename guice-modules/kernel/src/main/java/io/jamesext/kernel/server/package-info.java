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
/**
 * A server for any protocol of this project. The data flow of one connection:
 *
 * <pre>
 * bytes -> decoder (Netty) -> frames -> queue -> dispatcher -> operation -> replies -> encode -> bytes
 * </pre>
 *
 * <p>What holds on every connection:
 * <ul>
 * <li>One operation runs at a time; reading stops while a frame that arrived meanwhile waits.</li>
 * <li>An operation is asked for more replies only while the client reads them, so a slow reader costs no heap.</li>
 * <li>Operations run where blocking is allowed, never on the event loop; all connection state lives on the event loop.</li>
 * <li>Bytes that the client sent behind a request for TLS are never read as commands: the connection closes.</li>
 * <li>An operation that has begun is not interrupted when its client goes away.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.kernel.server;

import org.jspecify.annotations.NullMarked;
