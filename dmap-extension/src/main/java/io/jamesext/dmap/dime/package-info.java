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
 * The objects of DIME, in the dialect of libdime (the specification of June 2015): their heads, their armour, and the keys in them.
 * A library by itself: it knows nothing of James, of DMAP's commands, or of where objects are kept. PROTOCOL.md section 5 has all
 * layouts; this is the map:
 *
 * <pre>
 * PrivateKeys -> SignetIssuer -> Signet -> SignetSignatures          package signet
 * Content -> MessageComposer -> Message -> OriginSigner -> Message
 * octets -> MessageLayout | Message -> OpenMessage -> Content        package message
 * </pre>
 *
 * <ul>
 * <li>An object that exists has a valid form. Whether its signatures are right is asked for apart, and answered with yes or no.</li>
 * <li>What is read is written again octet by octet; nothing is ever put in another order, for signatures go over the octets.</li>
 * <li>Every length is checked against what is there before anything is copied.</li>
 * <li>Errors are {@link io.jamesext.kernel.failure.ProtocolException}, with a text that a client's user may read.</li>
 * <li>Private keys compare in constant time and have no text.</li>
 * </ul>
 *
 * Decisions where the notes and libdime leave something open, or where libdime contradicts itself:
 *
 * <ul>
 * <li>Field 3 of a request (alternate key) has a length of two octets, as in the user's signet. libdime's table says one, but a
 * signed request has to keep its octets when it becomes a signet.</li>
 * <li>Fields 28 to 159 and 160 to 250 that have no meaning are kept; libdime refuses them. Numbers whose shape is unknown are
 * refused.</li>
 * <li>Nothing may stand behind the last signature of a signet.</li>
 * <li>The tree signature is over what libdime makes of it: the destination chunk's hash is missing, and 64 octets of 0 are at the
 * end.</li>
 * <li>Encrypted private keys have the layout of magma, for libdime has only a number for them.</li>
 * <li>An organisation's private secondary keys are fields 2 with a length of one octet; libdime has only a number for them.</li>
 * <li>Chunks that continue each other are told apart only by those who can decrypt them, so a server counts each chunk.</li>
 * <li>A chunk may hold no data; libdime does not write such.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.dmap.dime;

import org.jspecify.annotations.NullMarked;
