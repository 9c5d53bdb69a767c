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
import java.util.List;
import java.util.Optional;

/** Over IMAP, RFC 3501, with IDLE, RFC 2177: the mailbox is selected. */
final class ImapMailbox implements MeasuredMailbox {
    private final ImapClient client;
    private Optional<String> idle = Optional.empty();

    /** With a client that has logged in. */
    ImapMailbox(ImapClient client) {
        this.client = client;
    }

    /** EXAMINE, for CLOSE would expunge after SELECT. */
    @Override
    public void open(String mailbox) throws IOException {
        client.command("EXAMINE " + mailbox);
    }

    @Override
    public void leave() throws IOException {
        client.command("CLOSE");
    }

    @Override
    public void browse(int first, int count) throws IOException {
        long shown = fetched(client.command("FETCH " + (first + 1) + ":" + (first + count) + " (UID FLAGS ENVELOPE RFC822.SIZE)"));
        if (shown != count) {
            throw new IOException("FETCH showed " + shown + " of " + count + " messages");
        }
    }

    @Override
    public int sync() throws IOException {
        return (int) fetched(client.command("NOOP"));
    }

    @Override
    public void read(String uid) throws IOException {
        if (fetched(client.command("UID FETCH " + uid + " BODY.PEEK[]")) != 1) {
            throw new IOException("FETCH gave no message " + uid);
        }
    }

    @Override
    public void listen() throws IOException {
        idle = Optional.of(client.beginIdle());
    }

    @Override
    public void awaitNews() throws IOException {
        while (!client.news().endsWith(" EXISTS")) {
            // What else there is to say of a new message, as RECENT.
        }
    }

    /** They are in the response itself. */
    @Override
    public void takeNews() {
    }

    @Override
    public void close() throws IOException {
        if (idle.isPresent()) {
            client.endIdle(idle.get());
        }
        client.close();
    }

    private static long fetched(List<String> answer) {
        return answer.stream().filter(line -> line.contains(" FETCH (")).count();
    }
}
