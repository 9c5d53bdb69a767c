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

import org.apache.james.imap.decode.DecodingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5267 section 4.4 and RFC 9394 section 4, partial-range. */
class PageTest {
    @ParameterizedTest
    @CsvSource({
        "1:5, 10, 0, 5", "5:1, 10, 0, 5", "10:10, 10, 9, 10", "8:12, 10, 7, 10", "11:12, 10, 10, 10", "1:1, 0, 0, 0", "5:9, 0, 0, 0",
        "-1:-3, 10, 7, 10", "-3:-1, 10, 7, 10", "-10:-10, 10, 0, 1", "-8:-12, 10, 0, 3", "-11:-12, 10, 0, 0", "-1:-1, 0, 0, 0",
        "4294967295:1, 3, 0, 3", "-4294967295:-1, 3, 0, 3", "4294967295:4294967295, 2147483647, 2147483647, 2147483647"})
    void rangeShouldMeanTheResultsThatThereAre(String range, int size, int begin, int end) throws Exception {
        Page page = Page.parse(range);
        assertThat(page.begin(size)).isEqualTo(begin);
        assertThat(page.end(size)).isEqualTo(end);
        assertThat(page).hasToString(range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1:", ":1", "0:1", "1:0", "-1:1", "1:-1", "01:2", "1:*", "-0:-1", "1:4294967296", "1:99999999999",
        "1:2:3", "--1:--2", "1,2"})
    void anythingElseShouldBeRefused(String range) {
        assertThatThrownBy(() -> Page.parse(range)).isInstanceOf(DecodingException.class);
    }
}
