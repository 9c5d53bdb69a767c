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

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5256, THREAD, the note on message IDs. */
class MessageIdsTest {
    /** The first two are the text's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "<\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>|01KF8JCEOCBS0045PS@xxx.yyy.com",
        "<01KF8JCEOCBS0045PS@xxx.yyy.com>|01KF8JCEOCBS0045PS@xxx.yyy.com",
        "<a@b> <C@d>|a@b C@d",
        "<a@b><c@d>|a@b c@d",
        "<a@b>,\t<c@d>|a@b c@d",
        "< a . \"b\" @ (comment <no@id>) c >|a.b@c",
        "<\"a\\\"b\"@c>|a\"b@c",
        "<a@[127.0.0.1]>|a@[127.0.0.1]",
        "Your message of \"Mon, <x@y>\" <a@b>|a@b",
        "(see <x@y>) <a@b>|a@b",
        "<a <b@c>|b@c",
        "<a>|''",
        "<@b>|''",
        "<a@>|''",
        "<>|''",
        "a@b|''",
        "<a@b|''",
        "''|''",
    })
    void idsShouldBeNormalised(String field, String ids) {
        assertThat(MessageIds.read(field)).isEqualTo(Arrays.stream(ids.split(" ")).filter(id -> !id.isEmpty()).toList());
    }

    @Test
    void hostileFieldsShouldHaveNone() {
        for (String piece : List.of("<", "\"", "(", "<\"", "<(", "<a", "@", "\\")) {
            assertThat(MessageIds.read(piece.repeat(300_000))).isEmpty();
        }
    }
}
