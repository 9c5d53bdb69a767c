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

package io.jamesext.testing.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSourceTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    @Test
    void singleFilesShouldBeTakenAsTheyAre() throws IOException {
        write("a/one.eml", "Subject: one\r\n\r\nx\r\n");
        write("b/two.EML", "Subject: two\n\ny");

        assertThat(messages()).containsExactly("Subject: one\r\n\r\nx\r\n", "Subject: two\n\ny");
    }

    @Test
    void mboxShouldBeCutAtFromLinesAfterEmptyLinesOnly() throws IOException {
        write("mbox", "From a@b Thu Jan 1 00:00:00 1970\nSubject: one\n\nFirst.\nFrom here on.\n\n"
            + "From c@d Thu Jan 1 00:00:00 1970\nSubject: two\n\n");

        assertThat(messages()).containsExactly("Subject: one\n\nFirst.\nFrom here on.\n\n", "Subject: two\n\n");
    }

    @Test
    void mboxShouldLoseOneLevelOfQuoting() throws IOException {
        write("mbox", "From a@b Thu Jan 1 00:00:00 1970\r\n\r\n>From one\r\n>>From two\r\n> From three\r\n");

        assertThat(messages()).containsExactly("\r\nFrom one\r\n>From two\r\n> From three\r\n");
    }

    @Test
    void maildirShouldBeReadFromCurAndNew() throws IOException {
        Files.createDirectories(directory.resolve("Maildir/tmp"));
        write("Maildir/cur/1.host:2,S", "Subject: read\n\n");
        write("Maildir/new/2.host", "Subject: new\n\n");
        write("Maildir/dovecot-uidlist", "3 V1");

        assertThat(messages()).containsExactly("Subject: read\n\n", "Subject: new\n\n");
    }

    @Test
    void filesWithoutMailShouldBePassedOver() throws IOException {
        write("readme.txt", "No mail.");
        write("empty", "");
        write("new/no-maildir", "Subject: no\n\n");

        assertThat(messages()).isEmpty();
    }

    @Test
    void demoShouldFindTheTestMessagesOfMime4j() throws IOException {
        List<String> origins = new ArrayList<>();
        MailSource.demo((origin, message) -> origins.add(origin));

        assertThat(origins).hasSizeGreaterThan(50).contains("/testmsgs/very-long-boundary.msg");
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }

    private List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        MailSource.below(directory, (origin, message) -> messages.add(new String(message, StandardCharsets.ISO_8859_1)));
        return messages;
    }
}
