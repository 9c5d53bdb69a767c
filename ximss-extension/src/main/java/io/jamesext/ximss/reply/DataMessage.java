package io.jamesext.ximss.reply;

import io.jamesext.ximss.xml.XimssWriter;

/** A message of the server's, without its id: the same record serves synchronously and asynchronously. */
public interface DataMessage {
    /** Writes the one root element. The writer adds the id. */
    void writeTo(XimssWriter writer);
}
