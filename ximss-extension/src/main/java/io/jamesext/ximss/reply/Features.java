/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.jamesext.ximss.reply;

import java.util.List;

import io.jamesext.ximss.xml.XimssWriter;

/**
 * What a client can use before it logs in. XIMSS, "Pre-Login Operations", features. There is no language element, for the default
 * language is English.
 *
 * @param domain the target domain
 * @param sasl the mechanisms that work on this connection now
 * @param starttls true when starttls would work now
 * @param signup true when signup would work now
 */
public record Features(String domain, List<String> sasl, boolean starttls, boolean signup) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("features");
        writer.open("domain").text(domain).close();
        sasl.forEach(mechanism -> writer.open("sasl").text(mechanism).close());
        if (starttls) {
            writer.open("starttls").close();
        }
        if (signup) {
            writer.open("signup").close();
        }
        writer.close();
    }
}
