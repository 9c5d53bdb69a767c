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
package io.jamesext.dmap.dmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.failure.ProtocolException;

class CommandLineTest {
    @Test
    void argumentsShouldStandInAnyOrderAndCase() {
        CommandLine line = CommandLine.parse("mail  fingerprint=[abc] From=<example.org>  ");
        assertThat(line.verb()).isEqualTo("MAIL");
        assertThat(line.require("FROM")).isEqualTo("example.org");
        assertThat(line.find("FINGERPRINT")).contains("abc");
        assertThat(line.only(0, "FROM", "FINGERPRINT")).isSameAs(line);
    }

    @Test
    void olderArgumentsShouldHavePlaces() {
        CommandLine line = CommandLine.parse("SGNT <a@example.org> [abc]");
        assertThat(line.placed(0)).contains("a@example.org");
        assertThat(line.placed(1)).contains("abc");
        assertThat(line.placed(2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " NOOP", "NO-OP", "MAIL<a>", "MAIL FROM=<a", "MAIL FROM=a>", "MAIL FROM=<a>b", "MAIL FROM=<a b>",
        "MAIL FROM=<>>", "MAIL FROM=[<]]", "MAIL FROM =<a>", "MAIL FROM=<a> from=<a>",
        "MAIL\tFROM=<a>", "MAIL FROM=<\u00e4>", "ABCDEFGHIJKLMNOPQ"})
    void otherLinesShouldBeRefused(String line) {
        assertThatThrownBy(() -> CommandLine.parse(line)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void argumentsOfOtherCommandsShouldBeRefused() {
        assertThatThrownBy(() -> CommandLine.parse("RSET NOW=<x>").only(0)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> CommandLine.parse("RSET now").only(0)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> CommandLine.parse("RSET").require("FROM")).isInstanceOf(ProtocolException.class);
    }
}
