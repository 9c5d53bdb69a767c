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
package io.jamesext.dmap.session;

/** What a client says that it understands, so that answers may change. RFC 5161. */
public enum Extension {
    /** RFC 7162 section 3.1: changed messages are told with their MODSEQ. Whatever command uses it turns it on. */
    CONDSTORE,
    /** RFC 7162 section 3.2: VANISHED in the place of EXPUNGE; UIDs and what is new of each message are told. Turns CONDSTORE on. */
    QRESYNC,
    /** RFC 9586 (CREF21): no message numbers; UIDFETCH in the place of FETCH, and VANISHED in the place of EXPUNGE. */
    UIDONLY,
    /** CREF24: BODYSTRUCTURE in octets in the place of a list. PROTOCOL.md section 8.4. */
    BINARYSTRUCT
}
