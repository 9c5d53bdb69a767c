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

import io.jamesext.kernel.failure.ProtocolException;

/**
 * Fired by a decoder in the place of a frame that it could not cut, so that the refusal is sent in its turn.
 *
 * @param failure what the client is told
 * @param closes true when the decoder cannot find the next frame's beginning: the connection closes after the answer
 */
public record Malformed(ProtocolException failure, boolean closes) {
}
