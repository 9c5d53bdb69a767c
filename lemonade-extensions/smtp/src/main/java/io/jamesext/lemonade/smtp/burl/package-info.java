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
 * BURL (RFC 4468): content out of mailboxes, with all checks of URLAUTH.
 *
 * <p>Data flow: a line → {@link io.jamesext.lemonade.smtp.burl.BurlCommand} → {@link io.jamesext.lemonade.smtp.burl.UrlSources} → the
 * mailboxes of this James, or {@link io.jamesext.lemonade.smtp.burl.TrustedServers} → the message that is assembled. The connection waits
 * meanwhile; its event loop does not. No host is asked that the operator has not named.
 */
@NullMarked
package io.jamesext.lemonade.smtp.burl;

import org.jspecify.annotations.NullMarked;
