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
package io.jamesext.kernel.failure;

/**
 * Why a request was refused, in words that every protocol can translate into its own codes. Each protocol holds one table from
 * these to its codes.
 */
public enum Failure {
    /** The frame or an argument does not follow the protocol's grammar. */
    SYNTAX,
    /** The verb names no operation of this server. */
    UNKNOWN_COMMAND,
    /** The operation exists but not in the connection's present state. */
    WRONG_STATE,
    /** Wrong name or password, an unknown user, or a failed SASL exchange; never told apart. */
    AUTHENTICATION_FAILED,
    /** The credentials would have crossed the wire in the clear, and the configuration forbids that. */
    ENCRYPTION_REQUIRED,
    /** James's rights deny this to the user. */
    NO_PERMISSION,
    /** No mailbox of that name that the user may see. */
    NO_SUCH_MAILBOX,
    /** A mailbox, or a file, of that name exists already. */
    MAILBOX_EXISTS,
    /** The name cannot be a mailbox's or a file's name. */
    BAD_MAILBOX_NAME,
    /** No message, part, item or file of that identifier. */
    NO_SUCH_MESSAGE,
    /** The object that was named is of another kind than the operation needs, or in the way of it. */
    CONFLICT,
    /** The user's quota would be exceeded. */
    OVER_QUOTA,
    /** A frame, line, literal or value is larger than the limit. */
    TOO_BIG,
    /** The value is legal but nothing that this server has. */
    NOT_SUPPORTED,
    /** Too many open things on this connection, or the server is going down: try again later. */
    BUSY,
    /** Our own fault; the cause is in the server's log, never in the answer. */
    INTERNAL
}
