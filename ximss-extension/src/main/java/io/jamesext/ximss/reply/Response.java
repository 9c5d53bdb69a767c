package io.jamesext.ximss.reply;

import java.util.Optional;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.error.XimssErrors;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * Ends a request. XIMSS, "Protocol and Message Syntax", response. The example with {@code errorCode} under "Login Operations" is a
 * slip of the document: its prose says errorText.
 *
 * @param error why it failed; empty when it did not
 */
public record Response(Optional<ProtocolException> error) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("response");
        error.ifPresent(failure -> writer
            .attribute("errorText", failure.text())
            .attribute("errorNum", XimssErrors.number(failure.failure())));
        writer.close();
    }
}
