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
 * METADATA, RFC 5464, over James's annotations of mailboxes, and over our own of the server. Private annotations of a mailbox are for its
 * owner only: James keeps one value for all users.
 */
@NullMarked
package io.jamesext.lemonade.imap.metadata;

import org.jspecify.annotations.NullMarked;
