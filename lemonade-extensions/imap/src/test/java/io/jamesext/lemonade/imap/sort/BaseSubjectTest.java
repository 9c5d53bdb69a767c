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

package io.jamesext.lemonade.imap.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5256 section 2.1. */
class BaseSubjectTest {
    private static final List<String> PIECES = List.of("re", "fw", "fwd", "Re:", "FW:", "(fwd)", "[fwd:", "]", "[", ":", " ", "  ", "\t",
        "[list]", "[list] ", "[]", "x", "hello", "é", "(", ")");

    /** The text, step by step and as slow as it is. */
    private static final class Restated {
        private static final Pattern TRAILER = Pattern.compile("(?:\\(fwd\\)| )$", Pattern.CASE_INSENSITIVE);
        private static final String BLOB = "\\[[^\\[\\]]*\\] *";
        private static final Pattern LEADER = Pattern.compile("^(?:(?:" + BLOB + ")*(?:re|fwd?) *(?:" + BLOB + ")?:| )",
            Pattern.CASE_INSENSITIVE);
        private static final Pattern FIRST_BLOB = Pattern.compile("^" + BLOB);

        static BaseSubject of(String subject) {
            String text = subject.replaceAll("[ \t\r\n]+", " ");
            boolean reply = false;
            while (true) {
                for (Matcher trailer = TRAILER.matcher(text); trailer.find(); trailer = TRAILER.matcher(text)) {
                    reply |= !trailer.group().equals(" ");
                    text = text.substring(0, trailer.start());
                }
                for (boolean removed = true; removed;) {
                    removed = false;
                    for (Matcher leader = LEADER.matcher(text); leader.find(); leader = LEADER.matcher(text)) {
                        reply |= !leader.group().equals(" ");
                        text = text.substring(leader.end());
                        removed = true;
                    }
                    Matcher blob = FIRST_BLOB.matcher(text);
                    if (blob.find() && blob.end() < text.length()) {
                        text = text.substring(blob.end());
                        removed = true;
                    }
                }
                if (!text.toLowerCase(Locale.ROOT).startsWith("[fwd:") || !text.endsWith("]")) {
                    return new BaseSubject(text, reply);
                }
                text = text.substring("[fwd:".length(), text.length() - 1);
                reply = true;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "hello|hello|false",
        "\"\"|\"\"|false",
        "\"  \"|\"\"|false",
        "Re: hello|hello|true",
        "re : RE: Fw:fwd: hello|hello|true",
        "fwd [2] : hello|hello|true",
        "Re[5]: hello|hello|true",
        "reply: hello|reply: hello|false",
        "hello (fwd)|hello|true",
        "hello (FWD) (fwd)|hello|true",
        "(fwd)|\"\"|true",
        "[list] hello|hello|false",
        "[list] Re: [other] fw: hello|hello|true",
        "[list]|[list]|false",
        "[one] [two]|[two]|false",
        "Re: [two]|[two]|true",
        "[list] Re:|\"\"|true",
        "[fwd: hello]|hello|true",
        "[FWD: [fwd: Re: hello (fwd)]]|hello|true",
        "[fwd: hello] world|world|false",
        "[fwd:hello|[fwd:hello|false",
        "\"a \t  b\"|a b|false",
        "\"one\r\n two\"|one two|false",
        "Antw: hello|Antw: hello|false",
    })
    void baseSubjectShouldBeThatOfTheText(String subject, String base, boolean replyOrForward) {
        assertThat(BaseSubject.of(subject)).isEqualTo(new BaseSubject(base, replyOrForward));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void baseSubjectShouldBeThatOfThePlainRestatementAndItsOwn(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder subject = new StringBuilder();
            for (int piece = random.nextInt(9); piece > 0; piece--) {
                subject.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            BaseSubject base = BaseSubject.of(subject.toString());
            assertThat(base).as("seed %d: %s", seed, subject).isEqualTo(Restated.of(subject.toString()));
            assertThat(BaseSubject.of(base.text())).as("seed %d: %s", seed, subject).isEqualTo(new BaseSubject(base.text(), false));
        }
    }

    @Test
    void hostileSubjectsShouldTakeLinearTime() {
        int times = 2_000_000;
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            for (String piece : List.of("[a]", "[", "]", "re", "re:", "re[", "[fwd:", "(fwd)", " ", "[a]re[b]", "[a] re", "fwd [")) {
                BaseSubject.of(piece.repeat(times / piece.length()));
                BaseSubject.of(piece.repeat(times / piece.length()) + "x");
                BaseSubject.of("[fwd:".repeat(100_000) + piece.repeat(100_000) + "]".repeat(100_000));
            }
        });
    }
}
