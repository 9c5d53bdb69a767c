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
package io.jamesext.ximss.op.secure;

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Removes the unlocked private key from the session. XIMSS, "Secure Messaging", SMIMELock. One that is locked stays so.
 *
 * <pre>{@code <SMIMELock id="" />}</pre>
 */
public final class SmimeLock implements XimssOperation<SmimeLock.Request> {
    /** It has no attributes. */
    public record Request() {
    }

    @Override
    public String name() {
        return "SMIMELock";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        session.key().lock();
        return Flux.empty();
    }
}
