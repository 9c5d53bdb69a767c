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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

class StacieClientTest {
    private static final Pattern SAMPLE = Pattern.compile(
        "C: A1 AUTHENTICATE STACIE (?<first>\\S+)\nS: \\+ (?<challenge>\\S+)\nC: (?<token>\\S+)\n");

    /** What client authors check their own work by. */
    @Test
    void sampleInTheProtocolShouldHold() throws Exception {
        Matcher sample = SAMPLE.matcher(Files.readString(Path.of(System.getProperty("basedir", "."), "PROTOCOL.md")));
        assertThat(sample.find()).isTrue();
        StacieClient client = new StacieClient("correct horse battery staple", sample.group("challenge"));

        assertThat(StacieClient.first("", "alice@example.org")).isEqualTo(sample.group("first"));
        assertThat(client.response()).isEqualTo(sample.group("token"));
    }
}
