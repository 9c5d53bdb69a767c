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
package io.jamesext.dmap.dime.signet;

/** How far a signet is signed. Each level holds all fields of the ones before. */
public enum SignetLevel {
    /** Keys and their owner's signature: what an organisation is asked to sign. */
    REQUEST,
    /** The organisation has signed the keys. */
    CRYPTO,
    /** The organisation has signed what the signet tells of its owner, too. */
    FULL,
    /** The organisation has signed whose signet it is: an address, or a domain. */
    IDENTIFIED
}
