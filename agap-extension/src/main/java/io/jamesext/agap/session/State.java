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
package io.jamesext.agap.session;

/** AGAP section 3. */
public enum State {
    /** Section 3.1. */
    NOT_AUTHENTICATED,
    /** Section 3.2, by a clear password: section 6.2. */
    PRE_AUTHENTICATION,
    /** Section 3.2, by a hash: section 6.3. */
    PRE_AUTHENTICATION_HASH,
    /** Section 3.3, authenticated and a folder selected. */
    AUTHENTICATED,
    /** Section 3.4, authenticated but no folder selected. */
    NOT_SELECTED,
    /** Section 3.5. */
    PRESENCE,
    /** Section 3.6. */
    STORING
}
