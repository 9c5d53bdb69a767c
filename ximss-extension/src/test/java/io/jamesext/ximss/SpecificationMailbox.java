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
package io.jamesext.ximss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.mail.MessageFlags;

/** Mail that transcripts find in alice's INBOX. */
final class SpecificationMailbox {
    private static final int MESSAGES = 234;

    private SpecificationMailbox() {
    }

    /** The 234 messages of example 1, twelve of them unseen, that at 35 among these. An hour lies between two. */
    static void fill(TestJames james) throws Exception {
        List<String> shown = List.of("Seen,Deleted|\"John H. Smith\" <john@example.com>|Hello - just a test",
            "Seen,Answered|Jim Spammer <jim@example.com>|This is the best offer!",
            "Seen,Media|user@example.com|Meeting reminder",
            "Seen,Flagged|Admin@hq.example.com|Shutdown @ 4:45AM");
        for (int i = 0; i < MESSAGES; i++) {
            boolean isUnseen = i == 35 || i >= MESSAGES - 11;
            String[] message = (i < shown.size() ? shown.get(i)
                : (isUnseen ? "" : "Seen") + "|somebody" + i + "@example.com|Message " + i).split("\\|");
            append(james, ("From: " + message[1] + "\r\nSubject: " + message[2] + "\r\n\r\nText\r\n").getBytes(StandardCharsets.UTF_8),
                Instant.parse("2006-01-01T00:00:00Z").plusSeconds(3600L * i), MessageFlags.Update.parse(message[0]).set());
        }
    }

    /** The messages of a folder of the class path, by name. */
    static void fill(TestJames james, String folder) throws Exception {
        Path path = Path.of(SpecificationMailbox.class.getResource(folder).toURI());
        try (Stream<Path> files = Files.list(path)) {
            for (byte[] message : files.sorted().map(SpecificationMailbox::bytes).toList()) {
                append(james, message, Instant.parse("2006-01-01T00:00:00Z"), new Flags());
            }
        }
    }

    private static byte[] bytes(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(TestJames james, byte[] message, Instant internalDate, Flags flags) throws Exception {
        MailboxSession session = james.session(TestJames.ALICE);
        james.mailboxManager().getMailbox(MailboxPath.inbox(session), session).appendMessage(MessageManager.AppendCommand.builder()
            .withInternalDate(Date.from(internalDate)).withFlags(flags).notRecent().build(message), session);
    }
}
