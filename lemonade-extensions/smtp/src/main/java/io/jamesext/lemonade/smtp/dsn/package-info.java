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
 * Delivery Status Notifications, as a sender asks for them. RFC 3461.
 *
 * <p>Data flow: MAIL and RCPT parameters → {@link io.jamesext.lemonade.smtp.dsn.DsnParameterHook} → James's DSNMessageHook → the
 * mail's {@code DsnParameters} → {@link io.jamesext.lemonade.smtp.dsn.DsnRequest}, which relaying and its reports read.
 * <ul>
 * <li>What is no parameter is answered with 501, and what is one never changes the reply (RFC 3461 section 5.1).</li>
 * <li>ORCPT is kept as it came in, beside James's parameters, because James keeps an address of it only.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.smtp.dsn;

import org.jspecify.annotations.NullMarked;
