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
 * COPY, MOVE and their UID forms. RFC 3501 section 6.4.7, RFC 4315 section 3, RFC 6851.
 *
 * <p>James copies and moves, with flags, dates and events; {@link io.jamesext.lemonade.imap.copy.Transfer} gives it the messages that the
 * client knows, sees to it that COPY is all or nothing, and keeps which UID became which.
 */
@NullMarked
package io.jamesext.lemonade.imap.copy;

import org.jspecify.annotations.NullMarked;
