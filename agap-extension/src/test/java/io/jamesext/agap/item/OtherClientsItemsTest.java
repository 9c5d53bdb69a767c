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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.james.core.Username;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.Test;

import io.jamesext.agap.folder.FolderType;
import io.jamesext.groupware.calendar.CalendarComponent;
import io.jamesext.groupware.calendar.CalendarEntry;
import io.jamesext.groupware.calendar.CalendarMessage;
import io.jamesext.groupware.calendar.CalendarReader;
import io.jamesext.groupware.vcard.Card;
import io.jamesext.groupware.vcard.CardProperty;
import io.jamesext.groupware.vcard.CardReader;
import io.jamesext.groupware.vcard.ContactItem;
import io.jamesext.kernel.failure.ProtocolException;

/** What AGAP stores is what XIMSS and IMAP clients read, with the readers that they use; and the other way round. */
class OtherClientsItemsTest {
    private static final Username ALICE = Username.of("alice@example.org");

    private static byte[] stored(FolderType type, String... xml) {
        return ItemReader.message(String.join("\n", xml), type, ALICE, Instant.parse("2026-11-22T10:00:00Z"));
    }

    private static List<Entity> parts(byte[] message) throws IOException {
        Message parsed = new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(message));
        return ((Multipart) parsed.getBody()).getBodyParts();
    }

    private static byte[] octets(Entity part) throws IOException {
        return ((SingleBody) part.getBody()).getInputStream().readAllBytes();
    }

    private static String header(byte[] message, String name) throws IOException {
        return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(message)).getHeader().getField(name).getBody();
    }

    private static CalendarEntry entry(byte[] message) throws IOException {
        return CalendarMessage.read(new ByteArrayInputStream(message)).flatMap(CalendarEntry::of).orElseThrow();
    }

    private static List<String> shown(byte[] message, FolderType type) throws Exception {
        return StoredItem.read(() -> new ByteArrayInputStream(message), type).xml().collectList().block();
    }

    private static byte[] message(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anEventShouldBeOneForXimss() throws Exception {
        byte[] message = stored(FolderType.CALE, "<VEVENT><UID>", " 1@agap.at</UID><DTSTAMP>2011-05-31T12:10:00Z</DTSTAMP>",
            "<DTSTART>2011-06-07T18:00:00Z</DTSTART><DTEND>2011-06-07T24:00:00Z</DTEND><SUMMARY>Party\\, loud</SUMMARY>",
            "<DESCRIPTION>one", "two</DESCRIPTION><EXDATE>2011-06-08T18:00:00Z,2011-06-09T18:00:00Z</EXDATE><CATEGORIES>A,B</CATEGORIES>",
            "<ATTACH FMTTYPE='text/plain' ENCODED='base64'> AAEC</ATTACH><VALARM>2@agap.at</VALARM></VEVENT>");
        CalendarEntry event = entry(message);

        assertThat(event.uid()).isEqualTo("1@agap.at");
        assertThat(event.isTask()).isFalse();
        assertThat(event.main().text("SUMMARY")).contains("Party, loud");
        assertThat(event.main().text("DESCRIPTION")).contains("one\ntwo");
        assertThat(event.main().first("DTSTART").orElseThrow().value()).isEqualTo("20110607T180000Z");
        assertThat(event.main().first("DTEND").orElseThrow().value()).isEqualTo("20110608T000000Z");
        assertThat(event.main().first("EXDATE").orElseThrow().value()).isEqualTo("20110608T180000Z,20110609T180000Z");
        assertThat(event.main().first("CATEGORIES").orElseThrow().texts()).containsExactly("A", "B");
        assertThat(event.main().first("ATTACH").orElseThrow().parameters())
            .isEqualTo(Map.of("FMTTYPE", "text/plain", "ENCODING", "BASE64", "VALUE", "BINARY"));
        assertThat(event.main().first("VALARM")).isEmpty();
        assertThat(header(message, "Message-ID").strip()).isEqualTo("<1@agap.at>");
        assertThat(header(message, "Subject").strip()).isEqualTo("Party\\, loud");
        assertThat(parts(message)).extracting(Entity::getMimeType).containsExactly("text/calendar", "application/vnd.agap+xml");
    }

    @Test
    void aTaskAndAJournalEntryShouldBeThemselves() throws Exception {
        assertThat(entry(stored(FolderType.TASK, "<VTODO><UID>1</UID><DUE>2011-06-07T14:00:00Z</DUE></VTODO>")).isTask()).isTrue();
        byte[] journal = stored(FolderType.JRNL, "<VJOURNAL><UID>1</UID><SUMMARY>x</SUMMARY></VJOURNAL>");
        CalendarComponent calendar = CalendarMessage.read(new ByteArrayInputStream(journal)).orElseThrow();

        assertThat(calendar.components("VJOURNAL").findFirst().flatMap(entry -> entry.text("SUMMARY"))).contains("x");
        assertThat(calendar.components("VJOURNAL").findFirst().flatMap(entry -> entry.text("DTSTAMP"))).contains("20261122T100000Z");
        // An alarm is no event.
        byte[] alarm = stored(FolderType.TASK, "<VALARM><UID>a</UID><RELATED-TO>b</RELATED-TO></VALARM>");
        assertThat(CalendarMessage.read(new ByteArrayInputStream(alarm))).isEmpty();
        assertThat(parts(alarm)).extracting(Entity::getMimeType).containsExactly("text/plain", "application/vnd.agap+xml");
    }

    /** Figure 9, whose logo is one digit too long. */
    @Test
    void aContactShouldBeOneForXimss() throws Exception {
        byte[] message = stored(FolderType.ADDR, "<VCARD><VERSION>3.0</VERSION><FN>Iulian Radu</FN><N>Radu;Iulian;;Dipl.Ing.;</N>",
            "<ORG>Example Com\\, Inc.;European Division</ORG><EMAIL TYPE='internet,home'>iulian.radu@gmx.at</EMAIL>",
            "<LOGO TYPE='image/jpeg' ENCODED='base64'>ABCDEFGHJIJ==</LOGO><LABEL TYPE='work,parcel'>1. Operngasse",
                "1010 Wien</LABEL></VCARD>");
        String text = new String(octets(parts(message).get(0)), StandardCharsets.UTF_8);
        Card card = new CardReader().read(text).get(0);

        assertThat(parts(message)).extracting(Entity::getMimeType).containsExactly("text/x-vcard", "application/vnd.agap+xml");
        assertThat(header(message, "To")).contains("iulian.radu@gmx.at");
        assertThat(header(message, "Subject").strip()).isEqualTo("Iulian Radu");
        assertThat(card.displayName()).isEqualTo("Iulian Radu");
        assertThat(card.all("ORG").findFirst().map(CardProperty::texts).orElseThrow()).containsExactly("Example Com, Inc.",
            "European Division");
        assertThat(card.all("EMAIL").findFirst().map(CardProperty::types).orElseThrow()).containsExactly("internet", "home");
        assertThat(card.all("LABEL").findFirst().map(CardProperty::texts).orElseThrow()).containsExactly("1. Operngasse\n1010 Wien");
        CardProperty logo = card.all("LOGO").findFirst().orElseThrow();
        assertThat(logo.types()).containsExactly("JPEG");
        assertThat(logo.binary()).isTrue();
        assertThat(logo.value()).isEqualTo("ABCDEFGHJIJ=");
    }

    @Test
    void aFileShouldBeAnAttachmentWithItsName() throws Exception {
        byte[] message = stored(FolderType.FILE, "<FILE><NAME>a/b \u263A.txt</NAME><CONTENT>c3Vy", "ZS4=</CONTENT></FILE>");
        Entity file = parts(message).get(0);

        assertThat(file.getFilename()).isEqualTo("a_b \u263A.txt");
        assertThat(file.getDispositionType()).isEqualTo("attachment");
        assertThat(octets(file)).isEqualTo("sure.".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(octets(parts(message).get(1)), StandardCharsets.UTF_8)).contains("<CONTENT></CONTENT>");
    }

    @Test
    void aNoteShouldBeItsText() throws Exception {
        byte[] message = stored(FolderType.NOTE,
            "<NOTE><SUBJECT>Gr\u00fc\u00dfe</SUBJECT><CONTENT TYPE='text/html'>&lt;p>x</CONTENT></NOTE>");

        assertThat(parts(message)).extracting(Entity::getMimeType).containsExactly("text/html", "application/vnd.agap+xml");
        assertThat(octets(parts(message).get(0))).isEqualTo(message("<p>x\n"));
    }

    @Test
    void anEventOfXimssShouldBeXml() throws Exception {
        CalendarComponent calendar = CalendarReader.read("""
            BEGIN:VCALENDAR
            VERSION:2.0
            BEGIN:VEVENT
            UID:1@example.org
            DTSTART;TZID=Europe/Vienna:20110607T200000
            DTEND;VALUE=DATE:20110608
            EXDATE;TZID=Europe/Vienna:20110608T200000,20110609T200000
            RRULE:FREQ=DAILY;COUNT=3
            SUMMARY;LANGUAGE=de:Fest\\, gro\u00df
            DESCRIPTION:one\\ntwo\\\\n\\;
            ATTENDEE;CN=Jo Doe;PARTSTAT=ACCEPTED:mailto:jo@example.org
            ATTACH;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=image/PNG:AAEC
            ATTACH:CID:part1
            BEGIN:VALARM
            ACTION:DISPLAY
            TRIGGER:-PT15M
            END:VALARM
            END:VEVENT
            END:VCALENDAR
            """).orElseThrow();
        byte[] message = new CalendarMessage("1@example.org", "alice@example.org", List.of(), "Fest", calendar).octets(Instant.EPOCH);

        assertThat(shown(message, FolderType.CALE)).containsExactly("<VEVENT>", "<UID>1@example.org</UID>",
            "<DTSTART>2011-06-07T18:00:00Z</DTSTART>",
            "<DTEND>2011-06-08T00:00:00Z</DTEND>", "<EXDATE>2011-06-08T18:00:00Z,2011-06-09T18:00:00Z</EXDATE>",
                "<RRULE>FREQ=DAILY;COUNT=3</RRULE>",
            "<SUMMARY>Fest\\, gro\u00df</SUMMARY>", "<DESCRIPTION>one", "two\\\\n\\;</DESCRIPTION>",
            "<ATTENDEE CN=\"Jo Doe\" PARTSTAT=\"accepted\">mailto:jo@example.org</ATTENDEE>",
                "<ATTACH FMTTYPE=\"image/png\" ENCODED=\"base64\">AAEC</ATTACH>",
            "</VEVENT>");
        // It can be stored as it is shown.
        assertThat(shown(stored(FolderType.CALE, shown(message, FolderType.CALE).toArray(String[]::new)), FolderType.CALE))
            .containsAll(shown(message, FolderType.CALE).subList(0, 11));
    }

    /** Figure 8 is figure 9. */
    @Test
    void aContactOfXimssShouldBeXml() throws Exception {
        Card card = new CardReader().read("""
            BEGIN:VCARD
            VERSION:3.0
            UID:1@example.org
            FN;LANGUAGE=en:Iulian Radu
            N:Radu;Iulian;;Dipl.Ing.;
            ORG:Example Com\\, Inc.;European Division
            1X:an element cannot have this name
            SOURCE:http://example.org/card
            BDAY:19700102
            REV:20110531T184600Z
            EMAIL;TYPE=internet,home:iulian.radu@gmx.at
            LOGO;TYPE=JPEG;ENCODING=b:AAEC
            LABEL;TYPE=work;TYPE=parcel,INTL:1. Operngasse\\n1010 Wien\\nAustria
            END:VCARD
            """).get(0);

        assertThat(shown(ContactItem.of(card, "alice@example.org").octets(Instant.EPOCH), FolderType.ADDR)).containsExactly("<VCARD>",
            "<VERSION>3.0</VERSION>", "<UID>1@example.org</UID>", "<FN>Iulian Radu</FN>", "<N>Radu;Iulian;;Dipl.Ing.;</N>",
            "<ORG>Example Com\\, Inc.;European Division</ORG>", "<BDAY>1970-01-02</BDAY>", "<REV>2011-05-31T18:46:00Z</REV>",
            "<EMAIL TYPE=\"internet,home\">iulian.radu@gmx.at</EMAIL>",
            "<LOGO TYPE=\"image/jpeg\" ENCODED=\"base64\">AAEC</LOGO>", "<LABEL TYPE=\"work,parcel,intl\">1. Operngasse", "1010 Wien",
                "Austria</LABEL>",
            "</VCARD>");
    }

    @Test
    void notesAndFilesOfImapShouldBeXml() throws Exception {
        assertThat(shown(message("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n"
            + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: "
            + "quoted-printable\n\none\ntw=F6"), FolderType.NOTE)).containsExactly("<NOTE>", "<SUBJECT>Gr\u00fc\u00dfe</SUBJECT>",
            "<CONTENT TYPE=\"text/plain\" ENCODED=\"utf-8\">one", "tw\u00f6</CONTENT>", "</NOTE>");
        assertThat(shown(message("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: image/png\n"
            + "Content-Disposition: attachment; filename=a.png\nContent-Transfer-Encoding: base64\n\nAAEC\n--b--\n"), FolderType.FILE))
            .containsExactly("<FILE>", "<NAME>a.png</NAME>", "<CONTENT ENCODED=\"base64\">", "AAEC", "</CONTENT>", "</FILE>");
    }

    /** Found by ItemFuzzTest: mime4j's parser throws. */
    @Test
    void brokenParametersShouldBeNone() throws Exception {
        assertThat(shown(message("Subject: x\nContent-Disposition: attachment; filename*=UTF-8''%\n\nhello"), FolderType.FILE))
            .contains("<NAME>x</NAME>");
    }

    @Test
    void mailShouldBeNoEvent() {
        byte[] mail = message("Subject: x\n\nhello");
        for (FolderType type : List.of(FolderType.CALE, FolderType.ADDR, FolderType.CONF, FolderType.JRNL, FolderType.FILT)) {
            assertThatThrownBy(() -> shown(mail, type)).isInstanceOf(ProtocolException.class).hasMessageContaining("holds no item");
        }
    }

    /** Anybody who can deliver mail can write such a part. */
    @Test
    void aBrokenPartOfXmlShouldBeNone() throws Exception {
        String head = "Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\ntext\n--b\n"
            + "Content-Type: application/vnd.agap+xml\n\n";
        for (String xml : List.of("<NOTE>", "<!DOCTYPE NOTE [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><NOTE>&x;</NOTE>", "<UNKNOWN/>",
                "<NOTE>".repeat(100_000), "")) {
            assertThat(shown(message(head + xml + "\n--b--\n"), FolderType.NOTE)).contains("<SUBJECT>x</SUBJECT>");
        }
        assertThat(shown(message(head + "<FILE/>\n--b--\n"), FolderType.NOTE)).contains("<FILE>");
    }

    @Test
    void partsAndValuesShouldBeFound() throws Exception {
        byte[] message = stored(FolderType.ADDR, "<VCARD><FN>A</FN><N>Radu;Iu\\;lian;;</N><EMAIL>a@x</EMAIL><EMAIL>b@x</EMAIL>",
            "<CATEGORIES>a\\,b, c</CATEGORIES><NOTE ENCODED='base64'>4pi6</NOTE><KEY ENCODED='base64'>/////w==</KEY></VCARD>");
        XmlItem item = (XmlItem) StoredItem.read(() -> new ByteArrayInputStream(message), FolderType.ADDR);

        assertThat(item.values("/VCARD/EMAIL")).containsExactly("a@x", "b@x");
        assertThat(item.values("email")).containsExactly("a@x", "b@x");
        assertThat(item.values("N{2}")).containsExactly("Iu\\;lian");
        assertThat(item.values("CATEGORIES[2]")).containsExactly("c");
        assertThat(item.values("NOTE")).containsExactly("\u263A");
        assertThat(item.values("KEY")).isEmpty();
        for (String none : List.of("", "/", "VCARD", "/VCARD/FN/X", "N{9}", "N{0}", "N{", "TEL", "//FN")) {
            assertThat(item.values(none)).as(none).isEmpty();
            assertThatThrownBy(() -> item.part(none).collectList().block()).as(none).isInstanceOf(ProtocolException.class);
        }
        assertThat(item.part("EMAIL").collectList().block()).containsExactly("a@x", "b@x");
        assertThat(item.part("NOTE").collectList().block()).containsExactly("4pi6");
        assertThat(item.part("NOTE[1]").collectList().block()).containsExactly("\u263A");
        FileItem file = (FileItem) StoredItem.read(() -> new ByteArrayInputStream(
            stored(FolderType.FILE, "<FILE><NAME>n</NAME><CONTENT ENCODED='utf-8'>a,b</CONTENT></FILE>")), FolderType.FILE);
        assertThat(file.values("/FILE/CONTENT[2]")).containsExactly("b");
        assertThat(file.values("name")).containsExactly("n");
        assertThat(file.values("X")).isEmpty();
    }
}
