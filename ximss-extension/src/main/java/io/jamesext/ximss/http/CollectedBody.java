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
package io.jamesext.ximss.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;

/** A body that is needed whole. */
final class CollectedBody implements Body {
    private final Exchange exchange;
    private final int maxOctets;
    private final Consumer<ByteBuffer> whole;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean refused;

    /**
     * @param maxOctets a longer one is refused with 413
     * @param whole takes it
     */
    CollectedBody(Exchange exchange, int maxOctets, Consumer<ByteBuffer> whole) {
        this.exchange = exchange;
        this.maxOctets = maxOctets;
        this.whole = whole;
    }

    @Override
    public void add(ByteBuf more, Runnable next) {
        if (octets.size() + more.readableBytes() > maxOctets) {
            refused = true;
            octets.reset();
            exchange.refuse(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the request is larger than " + maxOctets + " bytes");
            return;
        }
        byte[] bytes = new byte[more.readableBytes()];
        more.readBytes(bytes);
        octets.writeBytes(bytes);
        next.run();
    }

    @Override
    public void end() {
        if (!refused) {
            whole.accept(ByteBuffer.wrap(octets.toByteArray()));
        }
    }
}
