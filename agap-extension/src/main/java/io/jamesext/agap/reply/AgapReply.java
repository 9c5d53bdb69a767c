package io.jamesext.agap.reply;

import io.jamesext.agap.wire.AgapWriter;
import io.jamesext.kernel.operation.Reply;

/** What the server says: lines of data, and the line with the code. AGAP section 5.1. */
public sealed interface AgapReply extends Reply permits Data, Status {
    /** Writes itself. */
    void writeTo(AgapWriter writer);
}
