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
 * Contacts: vCards (RFC 6350, RFC 2426, vCard 2.1) and groups of them as text, and as items, which are messages.
 *
 * <p>Data flow: text of a body part -> {@link io.jamesext.groupware.vcard.CardReader} -> {@link io.jamesext.groupware.vcard.Card} ->
 * a protocol's own form, and back through {@link io.jamesext.groupware.vcard.CardWriter}. A card keeps every property as it is
 * written, known or not: protocols show them one by one, and what a client does not change must not change.
 */
@NullMarked
package io.jamesext.groupware.vcard;

import org.jspecify.annotations.NullMarked;
