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

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Just enough of an AGAP client to keep a server busy. */
final class AgapClient implements Closeable {
    private static final String SUCCESS = "200";
    private static final String GO_AHEAD = "110";

    private final Connection connection;

    private AgapClient(Connection connection) {
        this.connection = connection;
    }

    /** Connects to this loopback port and logs in. */
    static AgapClient logIn(int port, String user, String password) throws IOException {
        Connection connection = Connection.to(port);
        try {
            AgapClient client = new AgapClient(connection);
            client.response(SUCCESS);
            client.command("AUTH PLAIN");
            client.command("USER " + user);
            client.command("PASS " + password);
            return client;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** Sends a command; answers the lines of data without their dots. Fails when the server does not say 200. */
    List<String> command(String command) throws IOException {
        send(command + "\r\n");
        return response(SUCCESS);
    }

    /** Sends several commands at once; the answer to each. */
    List<List<String>> commands(List<String> commands) throws IOException {
        send(commands.stream().map(command -> command + "\r\n").collect(Collectors.joining()));
        List<List<String>> answers = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            answers.add(response(SUCCESS));
        }
        return answers;
    }

    /** FIND, section 4.22: the UIDs that a filter of one line finds. */
    List<String> find(String filter) throws IOException {
        send("FIND\r\n");
        response(GO_AHEAD);
        send(filter + "\r\n\r\n");
        return response(SUCCESS);
    }

    Traffic traffic() {
        return connection.traffic();
    }

    @Override
    public void close() throws IOException {
        try {
            command("QUIT");
        } finally {
            connection.close();
        }
    }

    private void send(String lines) throws IOException {
        connection.write(lines);
        connection.flush();
    }

    private List<String> response(String code) throws IOException {
        List<String> data = new ArrayList<>();
        String line = connection.line();
        while (line.startsWith(".")) {
            data.add(line.substring(1));
            line = connection.line();
        }
        if (!line.startsWith(code)) {
            throw new IOException("the AGAP server answered: " + line);
        }
        return data;
    }
}
