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
 * The names of mailboxes between the wire and James: modified UTF-7 or UTF-8, INBOX, and the namespace of other users. The one place
 * that knows: parsers read names by {@link io.jamesext.lemonade.imap.names.MailboxNames}, processors find their mailboxes by it, and
 * responses are written by it. RFC 3501 section 5.1, RFC 2342, RFC 6855 section 3.
 */
@NullMarked
package io.jamesext.lemonade.imap.names;

import org.jspecify.annotations.NullMarked;
