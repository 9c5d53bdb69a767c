package io.jamesext.ximss.op.service;

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Does nothing and succeeds. XIMSS, "Service Operations", noop.
 *
 * <pre>{@code <noop id="" />}</pre>
 */
public final class Noop implements XimssOperation<Noop.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    @Override
    public String name() {
        return "noop";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return Flux.empty();
    }
}
