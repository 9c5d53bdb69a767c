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
 * Changes of flags, also on the condition that nobody else has changed a message: UNCHANGEDSINCE, RFC 7162 section 3.1.3.
 *
 * <p>James changes flags message by message and knows no condition. {@link io.jamesext.kernel.flags.FlagChange} brings one into the
 * step in which James makes the new flags from the old: on Cassandra a light-weight transaction makes sure that those are the message's,
 * whichever node changes them too. The memory backend has no such step; there
 * {@link io.jamesext.kernel.flags.FlagUpdates} lets one change of a mailbox wait for the other, and only what James itself does for
 * other protocols could come in between.
 */
@NullMarked
package io.jamesext.kernel.flags;

import org.jspecify.annotations.NullMarked;
