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
package io.jamesext.ximss.op.service;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.base.CharMatcher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Says which program the client is. It is behind the text's end, and is what clients of CommuniGate send. The log has it, for the operator.
 *
 * <pre>{@code <setClientName id="" name="" />}</pre>
 */
public final class SetClientName implements XimssOperation<SetClientName.Request> {
    private static final Logger LOGGER = LoggerFactory.getLogger(SetClientName.class);
    /** In characters: a line of the log. */
    private static final int MAX_NAME = 255;

    /** The program's name, without control characters. */
    public record Request(String name) {
        static Request parse(Element element) {
            String name = element.required("name");
            if (name.isBlank() || name.length() > MAX_NAME) {
                throw new ProtocolException(Failure.SYNTAX, "a client's name has from 1 to " + MAX_NAME + " characters");
            }
            return new Request(CharMatcher.javaIsoControl().replaceFrom(name, '?'));
        }
    }

    @Override
    public String name() {
        return "setClientName";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        LOGGER.info("connection {} is of the client {}", session.connection().id(), request.name);
        return Flux.empty();
    }
}
