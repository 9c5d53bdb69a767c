package io.jamesext.ximss.reply;

import java.time.Instant;
import java.time.ZoneId;

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * The server's clock. XIMSS, "Service Operations", currentTime.
 *
 * @param now the time
 * @param zone the user's time zone
 */
public record CurrentTime(Instant now, ZoneId zone) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("currentTime")
            .attribute("gmtTime", Times.basic(now, ZoneId.of("Z")))
            .attribute("localTime", Times.basic(now, zone))
            .close();
    }
}
