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
package io.jamesext.ximss.rule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.frame.XmlReader;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.XimssWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * All rules of a user as one Sieve script. The rules themselves stand in its comments, in base64, so that the script is all there is to
 * keep: the rules and what is executed cannot get out of step. The first line has a digest of the others, which shows whether somebody
 * else has changed them.
 */
final class RuleScript {
    private static final String FIRST_LINE = "# XIMSS rules 1 sha256:";
    private static final String WARNING = "# Written by the XIMSS server. Who changes it can no longer change the rules by XIMSS.";
    private static final String RULES_LINE = "# rules: ";
    private static final String REQUIRE = "require [\"fileinto\", \"reject\", \"envelope\"];";
    private static final String RULES = "rules";
    private static final String RULE = "rule";
    private static final String NEW_LINE = "\r\n";
    private static final int BASE64_LINE = 76;

    private RuleScript() {
    }

    /**
     * Writes the script.
     *
     * @throws ProtocolException when James could not do what one of the rules says
     */
    static String write(List<Rule> rules) {
        List<String> lines = new ArrayList<>();
        lines.add(WARNING);
        Splitter.fixedLength(BASE64_LINE).split(Base64.getEncoder().encodeToString(xml(rules)))
            .forEach(line -> lines.add(RULES_LINE + line));
        List<String> commands = rules.stream().sorted(Rule.ORDER).filter(Rule::isActive).map(RuleScript::command).toList();
        if (!commands.isEmpty()) {
            lines.add(REQUIRE);
        }
        lines.addAll(commands);
        String rest = String.join(NEW_LINE, lines) + NEW_LINE;
        return FIRST_LINE + digest(rest) + NEW_LINE + rest;
    }

    /** The rules of a script in their order; empty when it is not one that {@link #write} has written, all of it. */
    static Optional<List<Rule>> read(String script) {
        int end = script.indexOf('\n');
        if (end < 0 || !script.substring(0, end).strip().equals(FIRST_LINE + digest(script.substring(end + 1)))) {
            return Optional.empty();
        }
        String base64 = script.lines().filter(line -> line.startsWith(RULES_LINE)).map(line -> line.substring(RULES_LINE.length()))
            .collect(Collectors.joining());
        try {
            return Optional.of(XmlReader.read(ByteBuffer.wrap(Base64.getDecoder().decode(base64))).elements(RULE).map(Rule::of)
                .sorted(Rule.ORDER).toList());
        } catch (IllegalArgumentException | ProtocolException e) {
            // Anybody can compute a digest.
            return Optional.empty();
        }
    }

    /**
     * The Sieve command of a rule. RFC 5228 section 3.1.
     *
     * @throws ProtocolException when James could not do what it says
     */
    static String command(Rule rule) {
        String commands = Actions.commands(rule.actions());
        List<String> tests = rule.conditions().stream().map(Conditions::test).toList();
        return "if " + (tests.isEmpty() ? "true" : "allof (" + String.join(", ", tests) + ")") + " { " + commands + " }";
    }

    private static byte[] xml(List<Rule> rules) {
        List<Element> elements = rules.stream().map(rule -> rule.element(RULE)).toList();
        ByteBuf out = Unpooled.buffer();
        new XimssWriter(out, Optional.empty()).element(Element.of(RULES, Map.of(), elements));
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    /** Of the lines, for some clients of ManageSieve write them with other ends. */
    private static String digest(String rest) {
        return Hashing.sha256().hashString(rest.lines().map(line -> line + NEW_LINE).collect(Collectors.joining()), StandardCharsets.UTF_8)
            .toString();
    }
}
