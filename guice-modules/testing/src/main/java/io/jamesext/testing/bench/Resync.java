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
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects a mailbox with QRESYNC after ten changes (RFC 7162 section 3.2): half are flags, half are messages that are gone. The first
 * client fills the mailbox and makes the changes; clients of other servers of the same James may follow.
 */
final class Resync implements Row.Operation<ImapClient> {
    private static final int CHANGES = 10;
    private static final Pattern UIDVALIDITY = Pattern.compile(".*\\[UIDVALIDITY (\\d+)].*");
    private static final Pattern HIGHESTMODSEQ = Pattern.compile(".*\\[HIGHESTMODSEQ (\\d+)].*");

    private final String mailbox;
    private final int messages;
    private final Consumer<String> progress;
    private String select = "";
    private Optional<ImapClient> enabled = Optional.empty();

    /** Of a mailbox that is not there yet; with some thousand messages at least. */
    Resync(String mailbox, int messages, Consumer<String> progress) {
        this.mailbox = mailbox;
        this.messages = messages;
        this.progress = progress;
    }

    /** Its row. */
    Row<ImapClient> row() {
        return new Row<>("QRESYNC of " + CHANGES + " changes in " + String.format(Locale.ROOT, "%,d", messages), "QRESYNC", this);
    }

    @Override
    public int run(ImapClient client) throws IOException {
        if (enabled.filter(client::equals).isEmpty()) {
            client.command("ENABLE QRESYNC");
            enabled = Optional.of(client);
        }
        if (select.isEmpty()) {
            change(client);
        }
        List<String> answer = client.command(select);
        if (answer.stream().filter(line -> line.contains(" FETCH (")).count() != CHANGES / 2
                || answer.stream().filter(line -> line.startsWith("* VANISHED (EARLIER) ")).count() != 1) {
            throw new IOException("the server told of other changes than there were");
        }
        client.command("UNSELECT");
        return 1;
    }

    private void change(ImapClient client) throws IOException {
        progress.accept("filling a mailbox with " + messages + " messages");
        client.fill(mailbox, messages, new Corpus());
        String before = String.join(" ", client.command("SELECT " + mailbox));
        String gone = "2000:" + (1999 + CHANGES / 2);
        client.command("UID STORE 1000:" + (999 + CHANGES / 2) + " +FLAGS (\\Flagged)");
        client.command("UID STORE " + gone + " +FLAGS (\\Deleted)");
        client.command("UID EXPUNGE " + gone);
        client.command("UNSELECT");
        select = "SELECT " + mailbox + " (QRESYNC (" + number(before, UIDVALIDITY) + " " + number(before, HIGHESTMODSEQ) + "))";
    }

    private static String number(String answer, Pattern pattern) throws IOException {
        Matcher found = pattern.matcher(answer);
        if (!found.matches()) {
            throw new IOException("SELECT did not tell the mailbox's state");
        }
        return found.group(1);
    }
}
