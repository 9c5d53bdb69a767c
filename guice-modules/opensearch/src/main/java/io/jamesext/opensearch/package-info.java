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
 * James's search on OpenSearch.
 *
 * <p>Writes: event bus -> {@link io.jamesext.opensearch.OpenSearchMessageSearchIndex} -> {@code IndexUpdates} -> {@code MessageDocuments}
 * (MIME, and Tika in processes of its own) -> {@link io.jamesext.opensearch.MailboxIndex}. Reads: {@code MailboxCriteria} (what the
 * mailbox itself decides) and {@code Criteria} (the rest) -> {@code MailboxIndex}, which sees every write that was answered. The mailbox is
 * the truth: what was written and what was found is compared with it. Events that could not be indexed wait in James's dead letters until
 * {@code CatchUp} has compared their mailboxes with the index.
 */
@NullMarked
package io.jamesext.opensearch;

import org.jspecify.annotations.NullMarked;
