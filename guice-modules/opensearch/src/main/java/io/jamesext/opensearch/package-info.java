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
 * <p>Writes: event bus -> {@link io.jamesext.opensearch.OpenSearchMessageSearchIndex} -> {@code MessageDocuments} (MIME, Tika) ->
 * {@link io.jamesext.opensearch.MailboxIndex}. Reads: criteria -> {@code Criteria} -> {@code MailboxIndex}, which sees every write that
 * was answered. The mailbox is the truth: an event that could not be indexed waits in James's dead letters until {@code CatchUp} has
 * brought it in, and what the mailbox itself can answer does not go to the index.
 */
@NullMarked
package io.jamesext.opensearch;

import org.jspecify.annotations.NullMarked;
