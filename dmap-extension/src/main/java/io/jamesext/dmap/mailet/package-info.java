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
 * DMAP in James's mailets: what encrypts plain mail on arrival (PROTOCOL.md section 7), and what carries on the DIME messages that
 * SUBMIT and DMTP hand over (sections 9 and 10).
 */
@NullMarked
package io.jamesext.dmap.mailet;

import org.jspecify.annotations.NullMarked;
