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

import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.upload.UploadedFiles;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;

/** A file on its way into the uploaded file set: the next octets are read when the last ones have been written. */
final class UploadBody implements Body {
    private static final Logger LOGGER = LoggerFactory.getLogger(UploadBody.class);
    private static final int MAX_TYPE = 250;

    private final Exchange exchange;
    private final UploadedFiles.Writing file;
    private final String id;

    /** Begins the file {@code id}. */
    UploadBody(Exchange exchange, UploadedFiles files, String id) {
        this.exchange = exchange;
        this.file = files.begin(id);
        this.id = id;
    }

    @Override
    public void add(ByteBuf octets, Runnable more) {
        if (!octets.isReadable()) {
            more.run();
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(octets);
        Blocking.run(() -> file.write(bytes)).subscribe(done -> { }, this::failed, more);
    }

    @Override
    public void end() {
        String type = Optional.ofNullable(exchange.headers().get(HttpHeaderNames.CONTENT_TYPE)).filter(value -> value.length() <= MAX_TYPE)
            .orElse("application/octet-stream");
        Blocking.run(() -> file.complete(id, type, exchange.parameter("fileName").map(UploadBody::base).filter(name -> !name.isEmpty())))
            .subscribe(done -> { }, this::failed,
                exchange::answerEmpty);
    }

    @Override
    public void abandon() {
        Blocking.run(file::abandon).subscribe();
    }

    private void failed(Throwable cause) {
        exchange.context().executor().execute(() -> {
            abandon();
            if (cause instanceof ProtocolException refusal) {
                exchange.refuse(status(refusal.failure()), refusal.text());
            } else {
                LOGGER.error("an upload failed", cause);
                exchange.refuse(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the file could not be stored");
            }
        });
    }

    /** What a file is refused with. */
    static HttpResponseStatus status(Failure failure) {
        return switch (failure) {
            case TOO_BIG -> HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
            case BUSY -> HttpResponseStatus.INSUFFICIENT_STORAGE;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    /** Some clients send the path on their own disk. */
    private static String base(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
}
