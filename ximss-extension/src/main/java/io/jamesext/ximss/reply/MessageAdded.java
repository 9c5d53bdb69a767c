package io.jamesext.ximss.reply;

import io.jamesext.ximss.xml.XimssWriter;

/**
 * The UID of a message just appended. XIMSS, "Message Operations", messageAdded.
 *
 * @param folder the folder's name
 * @param uid the new message's UID
 */
public record MessageAdded(String folder, long uid) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("messageAdded").attribute("folder", folder).attribute("UID", uid).close();
    }
}
