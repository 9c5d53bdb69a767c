package io.jamesext.agap.reply;

import io.jamesext.agap.wire.AgapWriter;

/**
 * The line with the response's code.
 *
 * @param text for humans; AGAP section 5.1
 */
public record Status(Code code, String text) implements AgapReply {
    /** The good end of a command. */
    public static Status ok(String text) {
        return new Status(Code.OK, "OK " + text);
    }

    /** The go-ahead for a body. */
    public static Status goAhead(String text) {
        return new Status(Code.CONTINUE, "OK " + text);
    }

    @Override
    public boolean completes() {
        return code != Code.CONTINUE;
    }

    @Override
    public void writeTo(AgapWriter writer) {
        writer.status(code.number(), text);
    }
}
