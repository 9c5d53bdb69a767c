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
package io.jamesext.lemonade.imap.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.TestId;
import org.junit.jupiter.api.Test;

/** What waits for a client that does not read. */
class NotesTest {
    private static final Optional<MailboxId> BOX = Optional.of(TestId.of(1));

    private final Notes notes = new Notes();

    @Test
    void annotationsOfOneMailboxShouldBeBounded() {
        for (int i = 0; i < Notes.MAX_WAITING; i++) {
            notes.add(Note.Metadata.of(BOX, List.of("/shared/" + i)));
        }
        assertThat(notes.lost()).isFalse();
        notes.add(Note.Metadata.of(BOX, List.of("/shared/0")));
        assertThat(notes.lost()).isFalse();
        notes.add(Note.Metadata.of(BOX, List.of("/shared/another")));
        assertThat(notes.lost()).isTrue();
    }

    @Test
    void longNamesShouldCountForMore() {
        notes.add(Note.Metadata.of(BOX, List.of("/shared/" + "x".repeat(Notes.MAX_WAITING * Note.SHORT_NAME))));
        assertThat(notes.lost()).isTrue();
    }

    @Test
    void whatIsTakenShouldMakeRoom() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < Notes.MAX_WAITING; i++) {
                notes.add(Note.Metadata.of(Optional.of(TestId.of(i)), List.of("/shared/x")));
            }
            assertThat(notes.take(2)).extracting(Note::key).containsExactly("metadata 0", "metadata 1");
            assertThat(notes.take(Integer.MAX_VALUE)).hasSize(Notes.MAX_WAITING - 2);
            assertThat(notes.isEmpty()).isTrue();
        }
        assertThat(notes.lost()).isFalse();
    }
}
