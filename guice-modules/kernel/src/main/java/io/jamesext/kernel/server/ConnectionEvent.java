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

/** What the handlers of a connection are told, as Netty user events down the pipeline. */
public enum ConnectionEvent {
    /** The client has proved who it is: a decoder may take what only a user may make the server keep. */
    LOGGED_IN,
    /** The server stops: the running operation ends, then the client is told and the connection closes. */
    SERVER_STOPS
}
