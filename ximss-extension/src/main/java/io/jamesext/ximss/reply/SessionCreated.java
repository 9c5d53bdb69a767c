package io.jamesext.ximss.reply;

import io.jamesext.ximss.xml.XimssWriter;

/**
 * The client is logged in. XIMSS, "Login Operations", session. James keeps no real names of users, so realName is always absent.
 *
 * @param urlId names the session
 * @param userName the user, as accountName@domainName
 */
public record SessionCreated(String urlId, String userName) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("session").attribute("urlID", urlId).attribute("userName", userName).close();
    }
}
