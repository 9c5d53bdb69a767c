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
 * STACIE, "Safely Turning Authentication Credentials Into Entropy": from a password to the keys and tokens of draft section 7.2.1's only
 * required mechanism. Pure functions that know neither James nor the wire. PROTOCOL.md section 2 has the formulas; they agree with the
 * published answers of the mail server magma.
 */
@NullMarked
package io.jamesext.dmap.stacie;

import org.jspecify.annotations.NullMarked;
