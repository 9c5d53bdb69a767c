package io.jamesext.ximss.reply;

import java.util.List;

import io.jamesext.ximss.xml.XimssWriter;

/**
 * What a client can use before it logs in. XIMSS, "Pre-Login Operations", features. There is no language element, for the default
 * language is English, and no signup, for users are made by the operator.
 *
 * @param domain the target domain
 * @param sasl the mechanisms that work on this connection now
 * @param starttls true when starttls would work now
 */
public record Features(String domain, List<String> sasl, boolean starttls) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("features");
        writer.open("domain").text(domain).close();
        sasl.forEach(mechanism -> writer.open("sasl").text(mechanism).close());
        if (starttls) {
            writer.open("starttls").close();
        }
        writer.close();
    }
}
