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
 * The connection beneath James's SMTP session: how octets become lines and chunks, and replies with enhanced status codes.
 *
 * <p>Data flow: octets → {@link io.jamesext.lemonade.smtp.wire.SmtpFramer} → a line → James's handlers → the reply → {@link
 * io.jamesext.lemonade.smtp.wire.EnhancedStatusCodes} → octets; or, where a command has asked for a chunk, octets → {@link
 * io.jamesext.lemonade.smtp.wire.ChunkReceiver}.
 * <ul>
 * <li>All of it happens on the channel's event loop, one line at a time: a command is done, or has taken hold of the connection, before
 * the next line is cut. What blocks for longer than a local disk does is done elsewhere while the connection is held.</li>
 * <li>Octets of a chunk never become a line, whatever becomes of the command before them.</li>
 * <li>A connection keeps one line of input at most, besides what Netty has read at once.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.smtp.wire;

import org.jspecify.annotations.NullMarked;
