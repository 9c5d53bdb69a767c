package io.jamesext.ximss.op.login;

import java.util.Set;

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Answers a challenge. XIMSS, "Login Operations". It is taken by the {@link Login} that sent the challenge, so one that arrives
 * here answers nothing and is refused in every state.
 *
 * <pre>{@code <auth id="the login's" value="base64" />}</pre>
 */
public final class Auth implements XimssOperation<Auth.Request> {
    static final String NAME = "auth";

    /** Nothing. */
    public record Request() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<State> allowedIn() {
        return Set.of();
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
