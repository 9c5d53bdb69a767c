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
 * DMTP as a client: finds the server of a domain, asks it for signets, and hands messages over. PROTOCOL.md section 10.6. The other
 * side may be anybody, so all that comes from it has limits in octets and in time, and nothing of it is believed before its
 * signatures were checked.
 *
 * <p>DmtpSignets (remembers, checks) -> DmtpQuestions (how often) -> DmtpClient (what is said) -> DmtpServers (who it is) ->
 * DmtpConnection (for how long), DmtpTls (whether it is the one).
 */
@NullMarked
package io.jamesext.dmap.dmtp.client;

import org.jspecify.annotations.NullMarked;
