package io.jamesext.ximss.reply;

import io.jamesext.ximss.xml.XimssWriter;

/** The server closes the session on its own account. XIMSS, "Service Operations", bye as an asynchronous message. */
public record Bye() implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("bye").close();
    }
}
