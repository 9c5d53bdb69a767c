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
 * What was expunged and when, for protocols that tell their clients: IMAP with QRESYNC (RFC 7162) and AGAP.
 *
 * <p>James removes a message without a trace and without a new mod-sequence. So {@link io.jamesext.kernel.expunge.ExpungeListener}
 * hears on James's event bus of every message that any protocol on any node removes, and
 * {@link io.jamesext.kernel.expunge.TombstoneLog} gives it a mod-sequence and a tombstone in
 * {@link io.jamesext.kernel.expunge.Tombstones}, a side table. A command that expunges need not wait for the event: it adds the same
 * tombstone itself.
 *
 * <p>Invariants: a tombstone can be read before the mailbox has its mod-sequence; what lies at or below the floor of a mailbox is not
 * known any more, or never was, and whoever asks that far back is told all UIDs that are not there.
 */
@NullMarked
package io.jamesext.kernel.expunge;

import org.jspecify.annotations.NullMarked;
