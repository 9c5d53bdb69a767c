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
package io.jamesext.dmap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.common.primitives.Bytes;

/**
 * Answers whose literals may hold any octets.
 *
 * @param text all lines but the last, each with its end, and with the announcements of the literals but not their octets
 * @param literals their octets, in their order
 * @param completion the last line
 */
record BinaryAnswer(String text, List<byte[]> literals, String completion) {
    private static final Pattern ANNOUNCEMENT = Pattern.compile("~\\{(\\d+)}$");

    /** Sends a command without its tag and reads up to its completion. */
    static BinaryAnswer to(TlsClient client, String command) throws IOException {
        client.send("B " + command + "\r\n");
        StringBuilder text = new StringBuilder();
        List<byte[]> literals = new ArrayList<>();
        String line = client.readLine();
        boolean begins = true;
        while (!begins || !line.startsWith("B ")) {
            text.append(line).append('\n');
            Matcher announced = ANNOUNCEMENT.matcher(line);
            begins = !announced.find();
            if (!begins) {
                literals.add(client.readOctets(Integer.parseInt(announced.group(1))));
            }
            line = client.readLine();
        }
        return new BinaryAnswer(text.toString(), literals, line);
    }

    /** Appends a message and returns the last line. */
    static String append(TlsClient client, String arguments, byte[] message) throws IOException {
        client.send("P APPEND " + arguments + " ~{" + message.length + "}\r\n");
        String answer = client.readLine();
        if (answer.startsWith("+ ")) {
            client.send(Bytes.concat(message, new byte[] {'\r', '\n'}));
            answer = client.readUntil("P ");
        }
        return answer;
    }
}
