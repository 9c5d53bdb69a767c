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
 * Sending mail on to other servers, and what may be sent to which.
 *
 * <p>Data flow: James's outgoing queue → {@link io.jamesext.lemonade.smtp.relay.RemoteDelivery}'s chain (James's, with our {@link
 * io.jamesext.lemonade.smtp.relay.HopDelivery} at its end) → {@link io.jamesext.lemonade.smtp.relay.DownConversion} → {@link
 * io.jamesext.lemonade.smtp.relay.HopTransport} → the next hop.
 * <ul>
 * <li>What a hop can take is known after its EHLO and decided for that hop alone: the queued message is never changed, so that the next
 * hop and a report see the original.</li>
 * <li>What must not be said to a hop without DSN is not said (RFC 3461 section 5.2.2); what it took is reported as "relayed" by us.</li>
 * <li>Binary data always goes out encoded: Jakarta Mail's transport makes CRLF of every line end, so BODY=BINARYMIME is never sent.</li>
 * <li>What the hops said is kept with the mail in {@link io.jamesext.lemonade.smtp.relay.HopReplies}, for the reports.</li>
 * <li>Whether a report is due is decided where it is made, {@link io.jamesext.lemonade.smtp.relay.DeliveryReport}: whatever a mailet
 * configuration matches, nobody gets one that the sender did not ask for, and none goes to the null reverse-path.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.smtp.relay;

import org.jspecify.annotations.NullMarked;
