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
package io.jamesext.testing.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Over AGAP, with XCHG, which is our server's own, where it offers that: "what is in this folder since that FCID". */
final class AgapAccount implements MeasuredAccount {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int UID_LENGTH = 8;

    private final AgapClient client;
    private final Map<String, String> known = new HashMap<>();

    /** With a client that has logged in. */
    AgapAccount(AgapClient client) {
        this.client = client;
    }

    @Override
    public int folders() throws IOException {
        // The root is one to AGAP, and none to IMAP.
        return client.command("CHNG").size() - 1;
    }

    @Override
    public void open(String folder) throws IOException {
        client.command("SLCT /" + folder);
    }

    @Override
    public int newSince(long uid) throws IOException {
        return client.find("UID " + identifier(uid + 1) + ":zzzzzzzz").size();
    }

    @Override
    public int withSubject(String subject) throws IOException {
        return client.find("IS /MESSAGE/HEADER/subject = '" + subject + "'").size();
    }

    @Override
    public void read(long uid) throws IOException {
        List<String> lines = client.command("RETR " + identifier(uid));
        if (!lines.get(lines.size() - 1).equals("</MESSAGE>")) {
            throw new IOException("RETR gave no message");
        }
    }

    @Override
    public void mark(long uid, boolean seen) throws IOException {
        client.command("STAG " + identifier(uid) + (seen ? " + SEEN" : " - SEEN"));
    }

    @Override
    public int resynchronise() throws IOException {
        List<String> changes = new ArrayList<>();
        for (String line : client.command("CHNG")) {
            int space = line.indexOf(' ');
            String fcid = line.substring(0, space);
            String path = line.substring(space + 1);
            Optional<String> before = Optional.ofNullable(known.put(path, fcid));
            if (before.filter(old -> !old.equals(fcid)).isPresent() && !path.equals("/")) {
                changes.add("SLCT " + path);
                changes.add("XCHG " + before.get());
            }
        }
        return told(changes);
    }

    /** The changes, with the tags of what is new or changed. */
    private int told(List<String> changes) throws IOException {
        List<List<String>> answers = client.commands(changes);
        int items = 0;
        List<String> tags = new ArrayList<>();
        for (int i = 1; i < changes.size(); i += 2) {
            tags.add(changes.get(i - 1));
            for (String line : answers.get(i)) {
                items += line.startsWith("=") ? 0 : 1;
                if (line.startsWith("*") || line.startsWith("+")) {
                    tags.add("GTAG " + line.substring(1));
                }
            }
        }
        client.commands(tags);
        return items;
    }

    @Override
    public Traffic traffic() {
        return client.traffic();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** A message's number as our server writes it: section 2.5, base 62. */
    private static String identifier(long uid) {
        StringBuilder identifier = new StringBuilder();
        for (long rest = uid; identifier.length() < UID_LENGTH; rest /= DIGITS.length()) {
            identifier.append(DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return identifier.reverse().toString();
    }
}
