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
 * NOTIFY: a client is told of changes in any mailbox, at any time. RFC 5465.
 *
 * <p>Data flow: James's event bus → {@link io.jamesext.lemonade.imap.notify.Watches} (one registration for each mailbox that somebody
 * watches) → {@link io.jamesext.lemonade.imap.notify.Watch} of each connection, which only notes what has changed →
 * {@link io.jamesext.lemonade.imap.notify.Announcer}, which looks how it is now and tells.
 * <ul>
 * <li>A listener of the event bus takes notes and rings; it reads nothing and waits for nobody.</li>
 * <li>A client is told in its {@link io.jamesext.lemonade.imap.frame.Turn}, which runs as its commands do, one after the other: never
 * within another answer, and not while the client does not read. What happens meanwhile is one note for each mailbox. A turn tells a
 * bounded number of notes; a command of the client comes before the next one.</li>
 * <li>The notes of a connection are bounded. When there are too many, or one cannot be told, all are dropped, and the client is told
 * so.</li>
 * <li>What is told of a name is how the name is when it is told: two changes of it may be one response.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.imap.notify;

import org.jspecify.annotations.NullMarked;
