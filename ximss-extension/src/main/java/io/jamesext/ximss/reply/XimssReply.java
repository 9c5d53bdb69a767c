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
package io.jamesext.ximss.reply;

import java.util.Optional;

import io.jamesext.kernel.operation.Reply;

/**
 * A message on its way to the client. XIMSS, "Protocol and Message Syntax": a synchronous message has its request's id, an
 * asynchronous one has none.
 *
 * @param id the request's id
 * @param message what is said
 */
public record XimssReply(Optional<String> id, DataMessage message) implements Reply {
    /** For a request. */
    public static XimssReply to(String id, DataMessage message) {
        return new XimssReply(Optional.of(id), message);
    }

    /** For no request. */
    public static XimssReply news(DataMessage message) {
        return new XimssReply(Optional.empty(), message);
    }

    @Override
    public boolean completes() {
        return message instanceof Response;
    }
}
