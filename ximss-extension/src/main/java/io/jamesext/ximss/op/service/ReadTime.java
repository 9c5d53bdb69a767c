package io.jamesext.ximss.op.service;

import java.time.Clock;
import java.time.ZoneId;

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.CurrentTime;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Tells the time. XIMSS, "Service Operations", readTime.
 *
 * <pre>{@code <readTime id="" />}</pre>
 */
public final class ReadTime implements XimssOperation<ReadTime.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    private final Clock clock;
    private final ZoneId zone;

    /** With the server's clock, in one time zone for all users, for there are no preferences yet. */
    public ReadTime(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public String name() {
        return "readTime";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return Flux.just(new CurrentTime(clock.instant(), zone));
    }
}
