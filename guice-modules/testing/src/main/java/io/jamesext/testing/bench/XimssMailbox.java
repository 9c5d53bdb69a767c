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

/** Over XIMSS, "Mailbox Operations" and "Message Operations": the mailbox is open as a folder. */
final class XimssMailbox implements MeasuredMailbox {
    private static final String FOLDER = "folder=\"F\"";
    private static final String FIELDS = "<field>FLAGS</field><field>From</field><field>Subject</field><field>Date</field>"
        + "<field>SIZE</field>";

    private final XimssClient client;

    /** With a client that has logged in. */
    XimssMailbox(XimssClient client) {
        this.client = client;
    }

    @Override
    public void open(String mailbox) throws IOException {
        client.request("folderOpen", FOLDER + " mailbox=\"" + mailbox + "\" sortField=\"UID\">" + FIELDS + "</folderOpen>");
    }

    @Override
    public void leave() throws IOException {
        client.request("folderClose", FOLDER + "/>");
    }

    @Override
    public void browse(int first, int count) throws IOException {
        List<String> reports = client.request("folderBrowse",
            FOLDER + "><index from=\"" + first + "\" till=\"" + (first + count - 1) + "\"/></folderBrowse>");
        long shown = reports.stream().filter(report -> report.contains("</Subject>")).count();
        if (shown != count) {
            throw new IOException("folderBrowse showed " + shown + " of " + count + " messages");
        }
    }

    @Override
    public int sync() throws IOException {
        return (int) client.request("folderSync", FOLDER + "/>").stream().filter(report -> report.contains(" mode=\"updated\"")).count();
    }

    @Override
    public void read(String uid) throws IOException {
        String answer = String.join("", client.request("folderRead", FOLDER + " UID=\"" + uid + "\"/>"));
        if (!answer.contains("</MIME>")) {
            throw new IOException("folderRead gave no text of message " + uid + ": " + answer);
        }
    }

    /** A server always sends notify-mode reports. */
    @Override
    public void listen() {
    }

    @Override
    public void awaitNews() throws IOException {
        client.awaitNotify();
    }

    @Override
    public void takeNews() throws IOException {
        client.request("folderSync", FOLDER + "/>");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
