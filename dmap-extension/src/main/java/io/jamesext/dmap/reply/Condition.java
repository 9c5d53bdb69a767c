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
package io.jamesext.dmap.reply;

/** The words that status responses begin with. Draft section 8.1; PREAUTH is never sent, for nobody is logged in by other means. */
public enum Condition {
    /** Success, or information. Draft section 8.1.1. */
    OK,
    /** The command failed. Draft section 8.1.2. */
    NO,
    /** The command is no command. Draft section 8.1.3. */
    BAD,
    /** The connection is about to be closed. Draft section 8.1.5. */
    BYE
}
