package io.jamesext.ximss.reply;

import java.util.Base64;

import io.jamesext.ximss.xml.XimssWriter;

/**
 * A SASL challenge. XIMSS, "Login Operations", challenge.
 *
 * @param data the mechanism's own data
 */
public record Challenge(byte[] data) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("challenge").attribute("value", Base64.getEncoder().encodeToString(data)).close();
    }
}
