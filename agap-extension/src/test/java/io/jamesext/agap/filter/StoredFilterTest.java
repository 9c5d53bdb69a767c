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
package io.jamesext.agap.filter;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.groupware.MailboxClasses;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.testing.mailbox.TestJames;

class StoredFilterTest {
    private static final String FOLDERS = "<FOLDERS><FOLDER>/INBOX</FOLDER></FOLDERS>";

    private static FolderPath path(String path) {
        return FolderPath.parse(path, Optional.empty());
    }

    private static StoredFilter filter(String rules) {
        return StoredFilter.read("<FILTER>" + FOLDERS + "<RULES>" + rules + "</RULES></FILTER>");
    }

    @Test
    void theFiltersOfTheDraftShouldBeRead() {
        StoredFilter figure13 = StoredFilter.read("""
            <FILTER>
              <ABOUT>A sample FILT filter.</ABOUT>
              <FOLDERS>
                <FOLDER>/INBOX</FOLDER>
                <FOLDER>/Spam</FOLDER>
              </FOLDERS>
              <RULES>
                <OR>
                  <IS PATH="header/subject" OP="=">Viagra</IS>
                  <AND>
                    <UID>UIDx1234:UIDx4321</UID>
                    <TAG>SPAM</TAG>
                  </AND>
                </OR>
              </RULES>
            </FILTER>
            """);
        assertThat(figure13.folders()).containsExactly(path("/INBOX"), path("/Spam"));
        assertThat(figure13.rule()).isEqualTo(FilterReader.read("OR (IS header/subject = 'Viagra' AND (UID UIDx1234:UIDx4321 TAG SPAM))"));

        StoredFilter figure27 = filter("""
            <AND>
              <UID>UIDx0001:UIDx0010</UID>
              <OR>
                <TAG>SPAM</TAG>
                <TAG>HAS=VIRUS</TAG>
              </OR>
              <TAG>SEEN</TAG>
            </AND>
            """);
        assertThat(figure27.rule()).isEqualTo(FilterReader.read("AND (UID UIDx0001:UIDx0010 OR (TAG SPAM TAG HAS=VIRUS) TAG SEEN)"));

        // Its expressions are not those of figure 26, its twin.
        StoredFilter figure28 = filter("""
            <OR>
              <IS PATH="/MESSAGE/HEADER/SUBJECT" OP="=">From University</IS>
              <REGEX PATH="/MESSAGE/HEADER/FROM" OP="!=">
                [^0-9]+@example\\.com$</REGEX>
              <IS PATH="/VCARD/FN" OP="=">Anonymous</IS>
              <REGEX PATH="/VCARD/ORG" OP="=">^[A-Za-z]+[0-9]${</REGEX>
            </OR>
            """);
        assertThat(figure28.rule()).isEqualTo(FilterReader.read("OR (IS /MESSAGE/HEADER/SUBJECT = 'From University' "
            + "REGEX /MESSAGE/HEADER/FROM != '[^0-9]+@example\\.com$' IS /VCARD/FN = 'Anonymous' REGEX /VCARD/ORG = '^[A-Za-z]+[0-9]${')"));
    }

    @Test
    void rulesShouldBeReadInEitherCase() {
        assertThat(StoredFilter.read("<filter><folders><folder>/INBOX</folder></folders><rules><not><and><tag>SEEN</tag></and></not>"
            + "<is path='a' op='&lt;='>it's \\' \\\\ &amp;</is></rules></filter>").rule())
            .isEqualTo(new Rule.And(ImmutableList.of(
                new Rule.Not(FilterReader.read("TAG SEEN")), new Rule.Is("a", Comparison.AT_MOST, "it's \\' \\\\ &"))));
    }

    @Test
    void aFolderThatComesTwiceShouldBeSearchedOnce() {
        assertThat(StoredFilter.read("<FILTER><FOLDERS><FOLDER> /b c </FOLDER><FOLDER>/a</FOLDER><FOLDER>/b c</FOLDER></FOLDERS>"
            + "<RULES><TAG>A</TAG></RULES></FILTER>").folders()).containsExactly(path("/b c"), path("/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "<TAG>A</TAG>text", "<AND/>", "<OR></OR>", "<NOT/>", "<NOT><TAG>A</TAG><TAG>B</TAG></NOT>",
        "<TAG/>",
        "<TAG><TAG>A</TAG></TAG>", "<TAG>a_b</TAG>", "<UID>-1</UID>", "<IS>a</IS>", "<IS PATH='a'>a</IS>", "<IS OP='='>a</IS>",
        "<IS PATH='a' OP='~'>a</IS>", "<IS PATH='' OP='='>a</IS>", "<REGEX PATH='a' OP='&lt;'>a</REGEX>",
        "<REGEX PATH='a' OP='='>(</REGEX>",
        "<REGEX PATH='a' OP='='>\\d</REGEX>", "<OTHER/>", "<RULES><TAG>A</TAG></RULES>"})
    void otherRulesShouldBeRefused(String rules) {
        assertThatThrownBy(() -> filter(rules)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "<", "<FILTER/>", "<FILTER>", "<MESSAGE/>", "<FILTER><RULES><TAG>A</TAG></RULES></FILTER>",
        "<FILTER><FOLDERS><FOLDER>/INBOX</FOLDER></FOLDERS></FILTER>", "<FILTER><FOLDERS/><RULES><TAG>A</TAG></RULES></FILTER>",
        "<FILTER><FOLDERS><FOLDER>INBOX</FOLDER></FOLDERS><RULES><TAG>A</TAG></RULES></FILTER>",
        "<FILTER><FOLDERS><FOLDER>/</FOLDER></FOLDERS><RULES><TAG>A</TAG></RULES></FILTER>",
        "<FILTER><FOLDERS><FOLDER>/a*</FOLDER></FOLDERS><RULES><TAG>A</TAG></RULES></FILTER>",
        "<FILTER><FOLDERS><FOLDER>/a</FOLDER></FOLDERS><RULES><TAG>A</TAG></RULES><RULES><TAG>A</TAG></RULES></FILTER>",
        "<FILTER><FOLDERS><FOLDER>/a</FOLDER></FOLDERS><RULES><TAG>A</TAG></RULES><OTHER/></FILTER>",
        "<FILTER>text<FOLDERS><FOLDER>/a</FOLDER></FOLDERS><RULES><TAG>A</TAG></RULES></FILTER>",
        "<!DOCTYPE FILTER><FILTER/>", "<!DOCTYPE x [<!ENTITY x", "<!DOCTYPE x [<!ENTITY a 'b'>]><FILTER>&a;</FILTER>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><FILTER><ABOUT>&a;</ABOUT></FILTER>"})
    void otherXmlShouldBeRefused(String xml) {
        assertThatThrownBy(() -> StoredFilter.read(xml)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void hostileOnesShouldBeRefused() {
        assertThatThrownBy(() -> filter("<AND>".repeat(3_000) + "<TAG>A</TAG>" + "</AND>".repeat(3_000)))
            .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> filter("<AND>".repeat(33) + "<TAG>A</TAG>" + "</AND>".repeat(33))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> filter("<TAG>A</TAG>".repeat(600))).hasMessageContaining("too many rules");
        assertThatThrownBy(() -> filter("<A/>".repeat(6_000))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> filter("<IS PATH='a' OP='='>" + "x".repeat(2_000) + "</IS>")).hasMessageContaining("too long");
        assertThatThrownBy(() -> filter(" ".repeat(100_000))).hasMessageContaining("too long");
        assertThatThrownBy(() -> StoredFilter.read("<FILTER><FOLDERS>" + "<FOLDER>/a</FOLDER>".repeat(3_000)
            + "x</FOLDERS><RULES/></FILTER>"))
            .isInstanceOf(ProtocolException.class);
    }

    @Test
    void itsFoldersShouldBeThoseThatAreThere() throws Exception {
        TestJames james = TestJames.create();
        MailboxSession session = james.session(ALICE);
        MailboxClasses classes = new MailboxClasses(james.mailboxManager());
        Folders folders = new Folders(james.mailboxManager(), classes);
        folders.reserve(session).block();
        StoredFilter filter = new StoredFilter(ImmutableList.of(path("/CONTACT"), path("/missing"), path("/INBOX")),
            FilterReader.read("TAG A"));
        assertThat(filter.places(folders, session).block()).extracting(place -> place.folder().path() + " " + place.type())
            .containsExactly("/CONTACT ADDR", "/INBOX MESG");

        for (FolderType type : new FolderType[] {FolderType.FILT, FolderType.FOLD}) {
            MailboxPath mailbox = MailboxPath.forUser(ALICE, type.name());
            james.mailboxManager().createMailbox(mailbox, session);
            classes.set(mailbox, type.mailboxClass().orElseThrow(), session).block();
            StoredFilter other = new StoredFilter(ImmutableList.of(path("/INBOX"), path("/" + type)), filter.rule());
            assertThatThrownBy(() -> other.places(folders, session).block()).hasMessageContaining("cannot be searched");
        }
    }
}
