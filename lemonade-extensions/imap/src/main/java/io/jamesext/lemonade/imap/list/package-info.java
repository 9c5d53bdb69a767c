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
 * LIST and LSUB: RFC 3501 sections 6.3.8 and 6.3.9, with LIST-EXTENDED (RFC 5258), LIST-STATUS (RFC 5819), SPECIAL-USE (RFC 6154) and
 * LIST-MYRIGHTS (RFC 8440). {@link io.jamesext.lemonade.imap.list.Listing} chooses the names; it knows nothing of IMAP's wire or of
 * James's stores, and works in the order of the names, however many there are.
 */
@NullMarked
package io.jamesext.lemonade.imap.list;

import org.jspecify.annotations.NullMarked;
