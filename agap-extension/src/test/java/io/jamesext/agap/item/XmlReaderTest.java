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
package io.jamesext.agap.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.failure.ProtocolException;

@Timeout(60)
class XmlReaderTest {
    @TempDir
    Path folder;

    private static XmlElement read(String xml) {
        return XmlReader.read(new StringReader(xml));
    }

    private static void shouldBeRefused(String xml) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void textsShouldBeExact() {
        XmlElement note = read("<?xml version='1.0' encoding='utf-8'?><!-- x --><NOTE>\n"
            + " <A>  a\n\n &lt;<![CDATA[<&]]>&#10;\t</A><B X='1&#10;2\n3'/></NOTE>\n");

        assertThat(note.children()).extracting(XmlElement::name).containsExactly("A", "B");
        assertThat(note.children().get(0).text()).isEqualTo("  a\n\n <<&\n\t");
        assertThat(note.children().get(1).attribute("X")).contains("1\n2 3");
    }

    @Test
    void externalEntitiesShouldNeverBeRead() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "canary");
        shouldBeRefused("<!DOCTYPE NOTE [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><NOTE>&x;</NOTE>");
        shouldBeRefused("<!DOCTYPE NOTE SYSTEM '" + secret.toUri() + "'><NOTE/>");
        shouldBeRefused("<!DOCTYPE NOTE [<!ENTITY % x SYSTEM '" + secret.toUri() + "'>%x;]><NOTE/>");
    }

    @Test
    void entitiesShouldNeverGrow() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE NOTE [<!ENTITY l0 'ha'>");
        for (int i = 1; i < 12; i++) {
            laughs.append("<!ENTITY l").append(i).append(" '").append(("&l" + (i - 1) + ";").repeat(10)).append("'>");
        }
        shouldBeRefused(laughs + "]><NOTE>&l11;</NOTE>");
        shouldBeRefused("<NOTE>&unknown;</NOTE>");
    }

    @Test
    void depthAndNumbersShouldHaveLimits() {
        assertThat(read("<A>".repeat(XmlReader.MAX_DEPTH) + "</A>".repeat(XmlReader.MAX_DEPTH)).name()).isEqualTo("A");
        shouldBeRefused("<A>".repeat(XmlReader.MAX_DEPTH + 1) + "</A>".repeat(XmlReader.MAX_DEPTH + 1));
        shouldBeRefused("<A>".repeat(1_000_000));
        shouldBeRefused("<A>" + "<B/>".repeat(XmlReader.MAX_ELEMENTS) + "</A>");
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i <= XmlReader.MAX_ATTRIBUTES; i++) {
            attributes.append(" A").append(i).append("=''");
        }
        shouldBeRefused("<A" + attributes + "/>");
        shouldBeRefused("<A X='" + "x".repeat(701) + "'/>");
        // A quotation mark is six octets when it is written again.
        shouldBeRefused("<A X='" + "\"".repeat(117) + "'/>");
        shouldBeRefused("<A X='" + "x".repeat(10_000_000) + "'/>");
        shouldBeRefused("<A" + "x".repeat(200) + "/>");
        shouldBeRefused("<A" + "x".repeat(10_000_000) + "/>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "<A>", "<A></B>", "<A/><B/>", "<A/>x", "<A X=1/>", "<A X='1' X='2'/>", "<A>&#0;</A>",
        "<A>&#xD800;</A>", "<A>\u0001</A>",
        "<A>]]></A>", "<A>x<B/></A>", "<A><B/>x</A>", "<!DOCTYPE x [<!ENTITY x", "<?xml version='9'?><A/", "<A>\uFFFE</A>",
        "<A><![CDATA[</A>"})
    void whatIsNoItemShouldBeRefused(String xml) {
        shouldBeRefused(xml);
    }

    @Test
    void whiteSpaceOfALeafIsText() {
        assertThat(read("<A>\n  </A>").text()).isEqualTo("\n  ");
    }
}
