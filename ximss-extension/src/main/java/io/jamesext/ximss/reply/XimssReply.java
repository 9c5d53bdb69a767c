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
