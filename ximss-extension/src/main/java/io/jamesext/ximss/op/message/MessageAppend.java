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
package io.jamesext.ximss.op.message;

import java.util.List;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Composes a message and appends it to a mailbox. XIMSS, "Message Operations", messageAppend.
 *
 * <pre>{@code
 * <messageAppend id="" (folder="" | targetMailbox="" mailboxClass=""?) flags=""? internalDate=""?
 *     replacesUID=""? checkOld="yes"? report="uid"?> <EMail>...</EMail> </messageAppend>
 * }</pre>
 */
public final class MessageAppend implements XimssOperation<MessageAppend.Request> {
    /** Where it goes, and the EMail element. */
    public record Request(Appending.Target target, Element email) {
        static Request parse(Element element) {
            List<Element> emails = element.elements("EMail").toList();
            if (emails.size() != 1) {
                throw new ProtocolException(Failure.SYNTAX, "one EMail element is needed");
            }
            return new Request(Appending.Target.parse(element), emails.get(0));
        }
    }

    private final Appending appending;

    /** On James's mailboxes. */
    public MessageAppend(Appending appending) {
        this.appending = appending;
    }

    @Override
    public String name() {
        return "messageAppend";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return appending.append(appending.composition().compose(request.email, session), request.target, session);
    }
}
