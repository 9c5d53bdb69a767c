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


package io.jamesext.lemonade.imap.frame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the octets of a connection are, said the simple way: with all of them at hand and a regular expression. RFC 3501 section 4.3,
 * RFC 7888 and RFC 3516. It stops where the cutter begins to refuse.
 */
final class CutterModel {
    private static final Pattern SYNCHRONISING = Pattern.compile("(?s).*[ (\\[]~?(\\{0*(\\d{1,9})\\}\\r?\\n)");
    private static final Pattern NON_SYNCHRONISING = Pattern.compile("(?s).*(\\{0*(\\d{1,9})\\+\\}\\r?\\n)");
    private static final Pattern HUGE = Pattern.compile("(?s).*([ (\\[]~?\\{0*\\d{10,}|\\{0*\\d{10,}\\+)\\}\\r?\\n");

    private final String octets;
    private final FrameLimits limits;
    private int at;

    CutterModel(byte[] octets, FrameLimits limits) {
        this.octets = new String(octets, StandardCharsets.ISO_8859_1);
        this.limits = limits;
    }

    /** The commands, each its text with its announcements rewritten, and its literals. */
    List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        List<String> command = command();
        while (!command.isEmpty()) {
            commands.add(command);
            command = command();
        }
        return commands;
    }

    private List<String> command() {
        StringBuilder text = new StringBuilder();
        List<String> literals = new ArrayList<>();
        long literalBytes = 0;
        while (true) {
            int lineFeed = octets.indexOf('\n', at);
            if (lineFeed < 0) {
                return List.of();
            }
            text.append(octets, at, lineFeed + 1);
            at = lineFeed + 1;
            Matcher announced = NON_SYNCHRONISING.matcher(text);
            boolean announces = announced.matches();
            if (!announces) {
                announced = SYNCHRONISING.matcher(text);
                announces = announced.matches();
            }
            if (text.length() > limits.textBytes() || !announces && HUGE.matcher(text).matches()) {
                return List.of();
            }
            if (!announces) {
                literals.add(0, text.toString());
                return literals;
            }
            int size = Integer.parseInt(announced.group(2));
            literalBytes += size;
            if (literalBytes > limits.literalBytes(true) || literals.size() >= FrameLimits.LITERALS || octets.length() - at < size) {
                return List.of();
            }
            text.replace(announced.start(1), text.length(), "{" + size + "+}\r\n");
            literals.add(octets.substring(at, at + size));
            at += size;
        }
    }
}
