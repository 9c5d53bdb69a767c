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
 * The users' mail rules, in CommuniGate's words, compiled to one Sieve script that James's own Sieve mailet executes at delivery. XIMSS's
 * text has only their vocabulary ("Service Operations", knownValues), so this follows CommuniGate's manual ("Rules") and what real clients
 * send and read. What the mailet cannot do is refused, so that a rule that is there acts as it says.
 */
@NullMarked
package io.jamesext.ximss.rule;

import org.jspecify.annotations.NullMarked;
