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
package io.jamesext.lemonade.imap.search;

/** What a searching command is to give back, keep or announce. RFC 4731 section 3.1, RFC 5182 section 2, RFC 5267 section 4. */
public enum ReturnOption {
    MIN, MAX, COUNT, ALL, PARTIAL, SAVE, UPDATE, CONTEXT
}
