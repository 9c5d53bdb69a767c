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
package io.jamesext.dmap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class DmapReaderTest {
    private static DmapReader reader(String line) {
        return new DmapReader(new CommandText(ImmutableList.of(new CommandText.Piece(line, Optional.empty()))));
    }

    private static DmapReader literal(byte[] octets) {
        return new DmapReader(new CommandText(ImmutableList.of(
            new CommandText.Piece("", Optional.of(new Literal(octets, false))), new CommandText.Piece("", Optional.empty()))));
    }

    @Test
    void optionalTokensShouldConsumeNothingWhenAbsent() {
        DmapReader reader = reader("(x)");
        assertThat(reader.atom()).isEmpty();
        assertThat(reader.acceptWord("X")).isFalse();
        assertThat(reader.accept('(')).isTrue();
        assertThat(reader.acceptWord("Y")).isFalse();
        assertThat(reader.acceptWord("X")).isTrue();
        assertThat(reader.accept(')')).isTrue();
        reader.expectEnd();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1:*,1:*", "'*,7:3,2',''", "4294967295,4294967295"})
    void sequenceSetsShouldBeReadAsWritten(String set, String shown) {
        assertThat(reader(set).expectSequenceSet().toString()).isEqualTo(shown.isEmpty() ? set : shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1:", ":1", "1,", "1:2:", "a", "4294967296", "99999999999999999999", "-1"})
    void whatIsNoSequenceSetShouldBeRefused(String text) {
        assertThatThrownBy(() -> {
            DmapReader reader = reader(text);
            reader.expectSequenceSet();
            reader.expectEnd();
        }).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INBOX", "", "a b", "say \"hi\"", "back\\slash", "caf\u00e9", "(", "NIL", "line\nbreak", "]"})
    void namesShouldSurviveWritingAndReading(String name) {
        ByteBuf out = Unpooled.buffer();
        new DmapWriter(out).astring(name);
        String written = out.toString(StandardCharsets.UTF_8);
        DmapReader reader = written.startsWith("~{")
            ? literal(written.substring(written.indexOf("\r\n") + 2).getBytes(StandardCharsets.UTF_8)) : reader(written);
        assertThat(reader.expectAstring("a name")).isEqualTo(name);
        reader.expectEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open", "\"bad \\escape\"", "\"", "%", "(", "\\x"})
    void brokenStringsShouldBeRefused(String text) {
        assertThatThrownBy(() -> reader(text).expectAstring("a name")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void literalTextShouldBeUtf8WithoutNul() {
        assertThat(literal("a\r\nb".getBytes(StandardCharsets.UTF_8)).expectAstring("a name")).isEqualTo("a\r\nb");
        assertThatThrownBy(() -> literal(new byte[] {'a', 0}).expectAstring("a name")).hasMessage("NUL must not be used");
        assertThatThrownBy(() -> literal(new byte[] {(byte) 0xFF}).expectAstring("a name")).hasMessage("the literal is not UTF-8");
    }

    @Test
    void failuresShouldSayWhatWasExpectedAndFound() {
        assertThatThrownBy(() -> reader("x").expectNumber()).hasMessage("expected a number, found `x`");
        assertThatThrownBy(() -> reader("").expectSpace()).hasMessage("expected a space, found the end");
        assertThatThrownBy(() -> reader("\u00e9").expectAtom("a flag")).hasMessage("expected a flag, found another character");
        assertThatThrownBy(() -> literal(new byte[0]).expectNumber()).hasMessage("expected a number, found a literal");
        assertThatThrownBy(() -> literal(new byte[0]).expectEnd()).hasMessage("expected the end of the command, found a literal");
    }
}
