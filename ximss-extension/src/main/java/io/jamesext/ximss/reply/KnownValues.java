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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.jamesext.ximss.xml.XimssWriter;

/**
 * What the server knows by name. XIMSS, "Service Operations", knownValues.
 *
 * @param zones time zones, in the order in which they are sent
 * @param charsets character sets, likewise
 * @param ruleModes modes of allowed mail rules, the most restrictive first
 * @param ruleConditions conditions of mail rules
 * @param ruleActions actions of mail rules, each with the mode that allows it
 */
public record KnownValues(Set<String> zones, Set<String> charsets, List<String> ruleModes, List<String> ruleConditions,
                          Map<String, String> ruleActions) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("knownValues");
        write("tzid", zones, writer);
        write("charset", charsets, writer);
        write("mailRuleAllowed", ruleModes, writer);
        write("mailRuleCondition", ruleConditions, writer);
        ruleActions.forEach((action, mode) ->
            writer.open("mailRuleAction").attribute("name", action).attribute("allowedSet", mode).close());
        writer.close();
    }

    private static void write(String element, Collection<String> names, XimssWriter writer) {
        names.forEach(name -> writer.open(element).attribute("name", name).close());
    }
}
