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
 * STORE and UID STORE, with UNCHANGEDSINCE. RFC 3501 section 6.4.6, RFC 7162 section 3.1.3, RFC 4314 section 4.
 *
 * <p>James changes flags message by message and knows no condition. {@link io.jamesext.lemonade.imap.store.FlagChange} brings one into the
 * step in which James makes the new flags from the old: on Cassandra a light-weight transaction makes sure that those are the message's,
 * whichever node changes them too. The memory backend has no such step; there
 * {@link io.jamesext.lemonade.imap.store.FlagUpdates} lets one STORE of a mailbox wait for the other, and only another protocol could come
 * in between.
 */
@NullMarked
package io.jamesext.lemonade.imap.store;

import org.jspecify.annotations.NullMarked;
