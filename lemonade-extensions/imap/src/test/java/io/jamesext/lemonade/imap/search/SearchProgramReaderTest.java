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

package io.jamesext.lemonade.imap.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

import javax.mail.Flags.Flag;

import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestStreamLineReader;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.search.SearchKey.When;

class SearchProgramReaderTest {
    private static final List<String> PIECES = List.of("ALL", "OR ", "NOT ", "(", ")", " ", "SEEN", "FROM ", "\"a\"", "\"", "{1+}\r\nx",
        "{9+}\r\n", "1:*", "$", "UID ", "4294967295", ",", "ON ", "1-Feb-1994", "MODSEQ ", "\"/flags/a\" all ", "HEADER ", "LARGER ",
        "99999999999999999999", "\\", "é", "KEYWORD ", "OLDER ", "FILTER ", "FUZZY ", "*", ":", "\0", "\n");

    @Test
    void keysShouldBeRead() throws Exception {
        SearchKey seen = new SearchKey.SystemFlag(Flag.SEEN);
        assertThat(read("SEEN")).isEqualTo(seen);
        assertThat(read("all")).isEqualTo(SearchKey.And.EVERYTHING);
        assertThat(read("SEEN OLDER 5")).isEqualTo(new SearchKey.And(List.of(seen, new SearchKey.Older(Duration.ofSeconds(5)))));
        assertThat(read("OR SEEN OR NOT SEEN ALL"))
            .isEqualTo(new SearchKey.Or(List.of(seen, new SearchKey.Not(seen), SearchKey.And.EVERYTHING)));
        assertThat(read("OR (SEEN) 3"))
            .isEqualTo(new SearchKey.Or(List.of(seen, new SearchKey.Numbers(set(3, 3), false))));
        assertThat(read("UID 7:*")).isEqualTo(new SearchKey.Numbers(set(7, SequenceSet.STAR), true));
        assertThat(read("SENTSINCE \"29-feb-2020\"")).isEqualTo(new SearchKey.Sent(When.SINCE, LocalDate.of(2020, 2, 29)));
        assertThat(read("FROM \"a\\\"\\\\\"")).isEqualTo(new SearchKey.Header("From", "a\"\\"));
        assertThat(read("TO {3+}\r\na)b")).isEqualTo(new SearchKey.Header("To", "a)b"));
        assertThat(read("MODSEQ \"/flags/\\\\draft\" ALL 7")).isEqualTo(new SearchKey.ModSeq(7));
    }

    /** Whatever comes is a program or no program; nothing else is thrown, and nothing hangs. */
    @Test
    void rubbishShouldBeRefused() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder program = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
                program.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            try {
                read(program.toString());
            } catch (DecodingException e) {
                // As it should be.
            } catch (Exception | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + program, e);
            }
        }
    }

    @Test
    void nestingShouldEndSomewhere() {
        assertThatThrownBy(() -> read("(".repeat(1_000_000))).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> read("NOT ".repeat(1_000_000))).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> read("OR ALL ".repeat(1_000_000) + "ALL")).isInstanceOf(DecodingException.class);
    }

    @Test
    void wordsThatAreLookedForOneByOneShouldCountAsKeys() throws Exception {
        String words = "TEXT \"a b c d e f g h i\" ";
        String tooMany = ("FUZZY " + words).repeat(100) + "ALL";

        assertThat(read(words.repeat(100) + "ALL")).isNotNull();
        assertThatThrownBy(() -> read(tooMany)).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> read("FUZZY (" + words.repeat(100) + "ALL)")).isInstanceOf(DecodingException.class);
    }

    private static SequenceSet set(long from, long to) {
        return new SequenceSet(List.of(new SequenceSet.Range(from, to)), false);
    }

    private static SearchKey read(String program) throws Exception {
        try (ByteArrayOutputStream continuations = new ByteArrayOutputStream();
             ImapRequestStreamLineReader in = new ImapRequestStreamLineReader(
                 new ByteArrayInputStream((program + "\r\n").getBytes(StandardCharsets.UTF_8)), continuations)) {
            return new SearchProgramReader(new SearchTokens(in), StandardCharsets.UTF_8).program("");
        }
    }
}
