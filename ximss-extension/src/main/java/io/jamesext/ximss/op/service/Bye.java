package io.jamesext.ximss.op.service;

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Succeeds, then closes the connection and the session. XIMSS, "Service Operations", bye.
 *
 * <pre>{@code <bye id="" />}</pre>
 */
public final class Bye implements XimssOperation<Bye.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    @Override
    public String name() {
        return "bye";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        session.connection().closeAfterReply();
        return Flux.empty();
    }
}
