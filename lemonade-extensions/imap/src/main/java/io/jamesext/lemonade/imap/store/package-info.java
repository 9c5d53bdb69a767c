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

/** STORE and UID STORE, with UNCHANGEDSINCE. RFC 3501 section 6.4.6, RFC 7162 section 3.1.3, RFC 4314 section 4. */
@NullMarked
package io.jamesext.lemonade.imap.store;

import org.jspecify.annotations.NullMarked;
