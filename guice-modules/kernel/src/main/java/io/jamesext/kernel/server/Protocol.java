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
package io.jamesext.kernel.server;

import java.net.InetAddress;
import java.util.Optional;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Operation;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.operation.Reply;
import io.jamesext.kernel.operation.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;

/**
 * All that the server needs to know of a protocol. One instance serves one configured server; its methods are called from many
 * threads and keep no state.
 *
 * @param <F> a frame: what the decoder fires, and what the operations parse
 * @param <S> a connection's session
 * @param <R> a reply
 */
public interface Protocol<F, S extends Session, R extends Reply> {
    /** Short lower-case name, for metrics and logs. */
    String name();

    /**
     * A new decoder for one connection. It fires frames of type F, and {@link Malformed} in the place of a frame that breaks the
     * wire format; it holds its own limits, and may hold smaller ones until {@link ConnectionEvent#LOGGED_IN}.
     */
    ChannelHandler decoder();

    /** True for a client at whose address the operator of this server has no clients. */
    default boolean refuses(InetAddress client) {
        return false;
    }

    /** What a client that is not served is told before the connection closes, if the protocol has a word for it. */
    default Optional<R> refused(Refusal refusal, InetAddress client) {
        return Optional.empty();
    }

    /** A new session for a connection that was just accepted. */
    S open(Connection<F, R> connection);

    /** What the server says first, if anything. */
    Optional<R> greeting(S session);

    /** The table of commands. */
    Operations<? extends Operation<F, ?, S, R>> operations();

    /**
     * The verb of a frame, folded to the spelling of the table.
     *
     * @throws ProtocolException when the frame has none
     */
    String verb(F frame);

    /** The plain positive answer to a request whose operation gave none of its own; empty where the protocol has none. */
    Optional<R> completed(F frame, S session);

    /**
     * The negative answer.
     *
     * @param frame the request, or empty when its frame was malformed
     */
    R failed(Optional<F> frame, ProtocolException failure, S session);

    /** What a client is told before the server closes the connection on its own account, if the protocol has a word for it. */
    Optional<R> goodbye(S session);

    /** What is sent once when news were dropped because the client did not keep up, if the protocol has a word for it. */
    default Optional<R> newsLost(S session) {
        return Optional.empty();
    }

    /**
     * The answer to a frame that is no request but the decoder's own question, such as the go-ahead for a literal: it is written in
     * its turn, and no operation runs. An operation that waits for the next frame gets the frame itself.
     */
    default Optional<R> goAhead(F frame) {
        return Optional.empty();
    }

    /**
     * True when news may stand between the replies of a running operation, because each reply is whole in itself; false when they
     * wait until it has been answered.
     */
    default boolean interleavesNews() {
        return false;
    }

    /** Writes a reply's bytes. */
    void encode(R reply, ByteBuf out);
}
