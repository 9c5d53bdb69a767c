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
package io.jamesext.dmap.dmtp.client;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;

import io.jamesext.dmap.dime.VerifyingKey;

/**
 * The server of another domain.
 *
 * @param domain whose
 * @param addresses where it may be, to be tried in this order
 * @param primaryKeys one of which the organisation's signet has to have; empty if nobody has said
 * @param certificateSignatures of the management record
 * @param isConfigured whether the operator has named it: it may be in a private network then
 */
record DmtpServer(String domain, ImmutableList<HostAndPort> addresses, ImmutableList<VerifyingKey> primaryKeys,
                  ImmutableList<byte[]> certificateSignatures, boolean isConfigured) {
}
