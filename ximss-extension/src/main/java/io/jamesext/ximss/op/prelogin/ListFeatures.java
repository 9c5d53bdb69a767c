package io.jamesext.ximss.op.prelogin;

import java.util.Optional;
import java.util.Set;

import io.jamesext.kernel.auth.Sasl;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.Features;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Tells what a client can use. XIMSS, "Pre-Login Operations", listFeatures.
 *
 * <pre>{@code <listFeatures id="" domain=""? />}</pre>
 */
public final class ListFeatures implements XimssOperation<ListFeatures.Request> {
    /** The domain that the client names, if any. */
    public record Request(Optional<String> domain) {
    }

    private final Domains domains;
    private final Sasl sasl;

    /** With this server's mechanisms. */
    public ListFeatures(Domains domains, Sasl sasl) {
        this.domains = domains;
        this.sasl = sasl;
    }

    @Override
    public String name() {
        return "listFeatures";
    }

    /** Nothing forbids to ask again after the login. */
    @Override
    public Set<State> allowedIn() {
        return Set.of(State.PRE_LOGIN, State.LOGGED_IN);
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("domain"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return domains.target(request.domain, session)
            .map(domain -> new Features(domain.asString(), sasl.offered(session.client()), session.connection().canStartTls()))
            .flux();
    }
}
