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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** Who may do what with a calendar, and whom it is told. */
@BothBackends
class CalendarTest {
    private static final String DENIED = "errorNum=\"551\"";
    private static final String BOBS_OPEN = "<calendarOpen id=\"R\" calendar=\"c\" mailbox=\"~alice@example.org/Calendar\"/>\0";
    private static final String FIND = "<findEvents id=\"R\" calendar=\"c\" timeFrom=\"20260401\" timeTill=\"20260402\"/>\0";
    private static final String CANCEL = "<calendarCancel id=\"R\" calendar=\"c\" itemUID=\"1\"/>\0";
    private static final String OK = "<response id=\"R\"/>";
    private static final String ATTENDEES = "<attendee CN=\"Bob\" RSVP=\"TRUE\">bob@example.org</attendee>"
        + "<attendee>mailto:carol@example.net</attendee><attendee>mailto:" + SubmittedMail.ALIAS + "</attendee>";

    @TempDir
    Path folder;
    private XimssTestServer server;
    private XimssTestClient alice;
    private XimssTestClient bob;

    @BeforeEach
    void setUp() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
        alice = logIn("alice");
        bob = logIn("bob");
        assertThat(ask(alice, "<calendarOpen id=\"R\" calendar=\"c\" mailbox=\"Calendar\"/>\0")).isEqualTo(OK);
    }

    @AfterEach
    void tearDown() throws Exception {
        alice.close();
        bob.close();
        server.close();
    }

    private XimssTestClient logIn(String name) throws Exception {
        XimssTestClient client = server.client();
        client.send("<login id=\"L\" authData=\"" + name + "@example.org\" password=\"secret\"/>\0");
        client.readUntil("<response id=\"L\"");
        return client;
    }

    private static String ask(XimssTestClient client, String request) throws Exception {
        client.send(request);
        return client.readUntil("<response");
    }

    private static String publish(String more) {
        return "<calendarPublish id=\"R\" calendar=\"c\"><iCalendar><vCalendar><vevent><uid>1</uid><summary>Lunch</summary>"
            + "<dtstart>20260401T100000Z</dtstart>" + more + "</vevent></vCalendar></iCalendar></calendarPublish>\0";
    }

    private void allow(String rights) throws Exception {
        MailboxSession owner = server.james.session(TestJames.ALICE);
        server.james.mailboxManager().applyRightsCommand(MailboxPath.forUser(TestJames.ALICE, "Calendar"),
            MailboxACL.command().forUser(TestJames.BOB).rights(MailboxACL.Rfc4314Rights.deserialize(rights)).asReplacement(), owner);
    }

    /** Rights that are lost are lost at once; James looks for new ones when a mailbox is opened. */
    private void reopen(String rights) throws Exception {
        allow(rights);
        assertThat(ask(bob, "<calendarClose id=\"R\" calendar=\"c\"/>\0")).isEqualTo(OK);
        assertThat(ask(bob, BOBS_OPEN)).isEqualTo(OK);
    }

    @Test
    void strangersCalendarShouldNotExist() throws Exception {
        assertThat(ask(bob, BOBS_OPEN)).contains("errorNum=\"550\"");
        allow("l");
        assertThat(ask(bob, BOBS_OPEN)).contains(DENIED);
    }

    @Test
    void eachOperationShouldNeedItsRights() throws Exception {
        ask(alice, publish(""));
        allow("lr");
        assertThat(ask(bob, BOBS_OPEN)).isEqualTo(OK);
        bob.send(FIND);
        String found = bob.read();
        assertThat(found).contains("items=\"1\"", "<summary>Lunch</summary>");
        assertThat(bob.read()).isEqualTo(OK);
        String read = found.replaceAll("(?s).*<event UID=\"(\\d+)\".*", "<calendarReadItem id=\"R\" calendar=\"c\" UID=\"$1\"/>\0");
        assertThat(ask(bob, publish(""))).contains(DENIED);
        assertThat(ask(bob, publish("").replace("<uid>1", "<uid>2"))).contains(DENIED);
        assertThat(ask(bob, CANCEL)).contains(DENIED);
        reopen("lri");
        assertThat(ask(bob, publish("").replace("<uid>1", "<uid>2"))).isEqualTo(OK);
        assertThat(ask(bob, publish(""))).contains(DENIED);
        reopen("lrte");
        assertThat(ask(bob, publish(""))).contains(DENIED);
        assertThat(ask(bob, CANCEL)).isEqualTo(OK);
        allow("l");
        assertThat(ask(bob, FIND)).contains(DENIED);
        assertThat(ask(bob, read)).contains(DENIED);
        assertThat(ask(bob, publish(""))).contains(DENIED);
        assertThat(server.mail.isEmpty()).isTrue();
    }

    @Test
    void attendeesShouldBeInvitedAndToldOfChanges() throws Exception {
        assertThat(ask(alice, publish(ATTENDEES + "<valarm><action>DISPLAY</action></valarm>"))).isEqualTo(OK);
        SubmittedMail.Sent request = server.mail.next();
        assertThat(request.mail().getRecipients())
            .containsExactly(new MailAddress("bob@example.org"), new MailAddress("carol@example.net"));
        assertThat(request.mail().getMaybeSender().asString()).isEqualTo("alice@example.org");
        assertThat(request.text()).contains("From: alice@example.org\r\nSubject: Lunch\r\nTo: bob@example.org, carol@example.net\r\n",
            "Content-Type: text/calendar; charset=utf-8; method=REQUEST; component=VEVENT\r\n", "METHOD:REQUEST\r\n", "SEQUENCE:0\r\n",
            "ORGANIZER:mailto:alice@example.org\r\n", "ATTENDEE;CN=Bob;RSVP=TRUE:mailto:bob@example.org\r\n").doesNotContain("VALARM");
        assertThat(ask(alice, publish("<attendee>bob@example.org</attendee>"))).isEqualTo(OK);
        assertThat(server.mail.next().text()).contains("To: bob@example.org\r\n", "METHOD:REQUEST\r\n", "SEQUENCE:1\r\n");
        // RFC 5546 section 3.2.5: for the others it goes on.
        assertThat(server.mail.next().text()).contains("Subject: Cancelled: Lunch\r\nTo: carol@example.net\r\n", "METHOD:CANCEL\r\n",
            "ATTENDEE:mailto:carol@example.net\r\n").doesNotContain("STATUS", "bob@example.org");
        assertThat(ask(alice, CANCEL)).isEqualTo(OK);
        assertThat(server.mail.next().text()).contains("Subject: Cancelled: Lunch\r\nTo: bob@example.org\r\n", "METHOD:CANCEL\r\n",
            "UID:1\r\n", "SEQUENCE:2\r\n", "ORGANIZER:mailto:alice@example.org\r\n", "STATUS:CANCELLED\r\n");
        assertThat(server.mail.isEmpty()).isTrue();
    }

    @Test
    void failureShouldBeMendedByAskingAgain() throws Exception {
        assertThat(ask(alice, publish(ATTENDEES))).isEqualTo(OK);
        server.mail.next();
        String changed = publish("<location>here</location><attendee>bob@example.org</attendee>");
        server.mail.breakAfter(1);
        assertThat(ask(alice, changed)).contains("errorNum=\"451\"");
        assertThat(server.mail.next().text()).contains("METHOD:REQUEST\r\n", "To: bob@example.org\r\n");
        server.mail.breakAfter(Integer.MAX_VALUE);
        assertThat(ask(alice, changed)).isEqualTo(OK);
        assertThat(server.mail.next().text()).contains("METHOD:REQUEST\r\n", "To: bob@example.org\r\n", "SEQUENCE:1\r\n");
        assertThat(server.mail.next().text()).contains("METHOD:CANCEL\r\n", "To: carol@example.net\r\n");
        server.mail.breakAfter(0);
        assertThat(ask(alice, CANCEL)).contains("errorNum=\"451\"");
        server.mail.breakAfter(Integer.MAX_VALUE);
        assertThat(ask(alice, CANCEL)).isEqualTo(OK);
        assertThat(server.mail.next().text()).contains("METHOD:CANCEL\r\n", "To: bob@example.org\r\n");
        assertThat(server.mail.isEmpty()).isTrue();
    }

    /** Both are there when the server ends between the storing of the one and the removal of the other. */
    @Test
    void thoseOfWhatWasLeftBehindShouldBeToldToo() throws Exception {
        String invited = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260401T100000Z\r\nORGANIZER:mailto:alice@example.org\r\n";
        plant(invited + "ATTENDEE:mailto:carol@example.net\r\nEND:VEVENT\r\n");
        plant(invited + "ATTENDEE:mailto:bob@example.org\r\nEND:VEVENT\r\n");
        assertThat(ask(alice, publish("<attendee>bob@example.org</attendee>"))).isEqualTo(OK);
        assertThat(server.mail.next().text()).contains("METHOD:REQUEST\r\n", "To: bob@example.org\r\n");
        assertThat(server.mail.next().text()).contains("METHOD:CANCEL\r\n", "To: carol@example.net\r\n");
    }

    /** Whoever may store items in Alice's calendar must not write mail in her name. */
    @Test
    void cancellationShouldSayNoMoreThanItNeeds() throws Exception {
        plant("BEGIN:VTIMEZONE\r\nTZID:Own\r\nCOMMENT:Buy this\r\nBEGIN:STANDARD\r\nTZNAME:Buy this\r\nDTSTART:20000101T000000\r\n"
            + "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
            + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Own;X-A=Buy this:20260401T100000\r\nSUMMARY:" + "Lunch ".repeat(1000) + "\r\n"
            + "DESCRIPTION:Buy this\r\nURL:https://shop.example/\r\nCOMMENT:Buy this\r\nORGANIZER;CN=Buy this:mailto:alice@example.org\r\n"
            + "ATTENDEE;CN=Buy this:mailto:carol@example.net\r\nATTENDEE:mailto:friends:dave@example.net;\r\nATTENDEE:nobody\r\n"
            + "ATTENDEE:mailto:a@-.example\r\nATTENDEE:mailto:.a.@example.net\r\nEND:VEVENT\r\n");
        assertThat(ask(alice, CANCEL)).isEqualTo(OK);
        SubmittedMail.Sent cancel = server.mail.next();
        assertThat(cancel.mail().getRecipients()).containsExactly(new MailAddress("carol@example.net"));
        assertThat(cancel.text()).contains("METHOD:CANCEL\r\n", "DTSTART;TZID=Own:20260401T100000\r\n", "TZOFFSETTO:+0100\r\n",
            "ATTENDEE:mailto:carol@example.net\r\n").doesNotContain("Buy this", "shop.example").hasSizeLessThan(2_500);
    }

    @Test
    void oneTimeShouldBeCancelledForTheAttendees() throws Exception {
        ask(alice, publish("<rrule>FREQ=DAILY;COUNT=3</rrule><attendee>bob@example.org</attendee>"));
        server.mail.next();
        String cancel = CANCEL.replace("/>", "><recurrence-id>20260402T100000Z</recurrence-id></calendarCancel>");
        assertThat(ask(alice, cancel)).isEqualTo(OK);
        assertThat(server.mail.next().text()).contains("To: bob@example.org\r\n", "METHOD:CANCEL\r\n", "UID:1\r\n",
            "RECURRENCE-ID:20260402T100000Z\r\n", "SEQUENCE:1\r\n").doesNotContain("RRULE", "DTSTART");
        alice.send(FIND.replace("20260402", "20260410"));
        assertThat(alice.read()).contains("items=\"2\"");
        assertThat(server.mail.isEmpty()).isTrue();
    }

    @Test
    void oneTimeShouldBeDeclinedByAnAttendee() throws Exception {
        ask(bob, "<calendarOpen id=\"R\" calendar=\"c\" mailbox=\"Calendar\"/>\0");
        ask(bob, publish("<rrule>FREQ=DAILY;COUNT=3</rrule><organizer>alice@example.org</organizer><attendee>bob@example.org</attendee>"));
        assertThat(ask(bob, CANCEL.replace("/>", "><recurrence-id>20260402T100000Z</recurrence-id></calendarCancel>"))).isEqualTo(OK);
        assertThat(server.mail.next().text()).contains("To: alice@example.org\r\n", "METHOD:REPLY\r\n",
            "RECURRENCE-ID:20260402T100000Z\r\n", "ATTENDEE;PARTSTAT=DECLINED:mailto:bob@example.org\r\n").doesNotContain("RRULE");
        assertThat(server.mail.isEmpty()).isTrue();
    }

    /** The item itself may be somebody else's: only what is published is sent. */
    @Test
    void changedTimeShouldBeToldToItsAttendees() throws Exception {
        plant("BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260401T100000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nDESCRIPTION:Buy this\r\n"
            + "ORGANIZER:mailto:alice@example.org\r\nATTENDEE:mailto:carol@example.net\r\nEND:VEVENT\r\n");
        String changed = publish("<recurrence-id>20260402T100000Z</recurrence-id><attendee>bob@example.org</attendee>");
        assertThat(ask(alice, changed)).isEqualTo(OK);
        SubmittedMail.Sent request = server.mail.next();
        assertThat(request.mail().getRecipients()).containsExactly(new MailAddress("bob@example.org"));
        assertThat(request.text()).contains("METHOD:REQUEST\r\n", "RECURRENCE-ID:20260402T100000Z\r\n",
            "ORGANIZER:mailto:alice@example.org\r\n").doesNotContain("Buy this", "RRULE", "carol");
        assertThat(server.mail.isEmpty()).isTrue();
    }

    @Test
    void attendeeShouldAnswerForOneTime() throws Exception {
        ask(bob, "<calendarOpen id=\"R\" calendar=\"c\" mailbox=\"Calendar\"/>\0");
        String invited = "<organizer>alice@example.org</organizer><attendee>bob@example.org</attendee>";
        ask(bob, publish("<rrule>FREQ=DAILY;COUNT=3</rrule>" + invited));
        assertThat(ask(bob, publish("<recurrence-id>20260402T100000Z</recurrence-id>"
            + invited.replace("<attendee>", "<attendee PARTSTAT=\"TENTATIVE\">")))).isEqualTo(OK);
        assertThat(server.mail.next().text()).contains("To: alice@example.org\r\n", "Subject: Tentative: Lunch\r\n", "METHOD:REPLY\r\n",
            "RECURRENCE-ID:20260402T100000Z\r\n", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:bob@example.org\r\n").doesNotContain("RRULE");
        assertThat(server.mail.isEmpty()).isTrue();
    }

    @Test
    void oneTimeShouldNeedBothRights() throws Exception {
        ask(alice, publish("<rrule>FREQ=DAILY;COUNT=3</rrule>"));
        allow("lrte");
        ask(bob, BOBS_OPEN);
        String cancel = CANCEL.replace("/>", "><recurrence-id>20260402T100000Z</recurrence-id></calendarCancel>");
        assertThat(ask(bob, cancel)).contains(DENIED);
        reopen("lri");
        assertThat(ask(bob, cancel)).contains(DENIED);
        reopen("lrite");
        assertThat(ask(bob, cancel)).isEqualTo(OK);
    }

    @Test
    void organizerShouldBeToldOfAnswersOnce() throws Exception {
        assertThat(ask(bob, "<calendarOpen id=\"R\" calendar=\"c\" mailbox=\"Calendar\"/>\0")).isEqualTo(OK);
        String invited = "<organizer>mailto:alice@example.org</organizer>"
            + "<attendee PARTSTAT=\"NEEDS-ACTION\">MAILTO:bob@example.org</attendee>"
            + "<attendee>mailto:carol@example.net</attendee>";
        assertThat(ask(bob, publish(invited))).isEqualTo(OK);
        assertThat(ask(bob, publish(invited.replace("NEEDS-ACTION", "ACCEPTED")))).isEqualTo(OK);
        SubmittedMail.Sent reply = server.mail.next();
        assertThat(reply.mail().getRecipients()).containsExactly(new MailAddress("alice@example.org"));
        assertThat(reply.text()).contains("From: bob@example.org\r\nSubject: Accepted: Lunch\r\nTo: alice@example.org\r\n",
            "METHOD:REPLY\r\n", "ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:bob@example.org\r\n").doesNotContain("carol");
        assertThat(ask(bob, publish(invited.replace("NEEDS-ACTION", "ACCEPTED")))).isEqualTo(OK);
        assertThat(ask(bob, CANCEL)).isEqualTo(OK);
        assertThat(server.mail.next().text()).contains("Subject: Declined: Lunch\r\n",
            "ATTENDEE;PARTSTAT=DECLINED:MAILTO:bob@example.org\r\n");
        assertThat(server.mail.isEmpty()).isTrue();
    }

    /** Nobody sends invitations in another one's name, even into the other one's calendar. */
    @Test
    void nobodyShouldBeInvitedByAnother() throws Exception {
        allow("lri");
        ask(bob, BOBS_OPEN);
        assertThat(ask(bob, publish("<organizer>mailto:alice@example.org</organizer><attendee>mailto:carol@example.net</attendee>")))
            .isEqualTo(OK);
        assertThat(server.mail.isEmpty()).isTrue();
    }

    @Test
    void itemsOfOthersShouldNotHideTheRest() throws Exception {
        server.james.append(TestJames.ALICE, "Calendar", "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
            + "UID:bomb\r\nDTSTART:20260401T100000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        server.james.append(TestJames.ALICE, "Calendar", "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n"
            + "BEGIN:VEVENT\r\n".repeat(2000));
        ask(alice, publish(""));
        alice.send(FIND);
        assertThat(alice.read()).contains("items=\"2\"", "itemUID=\"bomb\"", "<summary>Lunch</summary>");
    }

    /** Bob may store items in Alice's calendar, and stores what costs all that one request may cost, and more. */
    @Test
    void costlyItemsOfOthersShouldBeShownOnce() throws Exception {
        String rule = "BEGIN:STANDARD\r\nDTSTART:20000101T000000\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=DAILY\r\nEND:STANDARD\r\n";
        plant("BEGIN:VTIMEZONE\r\nTZID:Own\r\n" + rule.repeat(900) + "END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:zone\r\n"
            + "DTSTART;TZID=Own:20260401T090000\r\nRDATE;TZID=Own:20260402T090000" + ",20260403T090000".repeat(9_000)
            + "\r\nEND:VEVENT\r\n");
        for (int i = 0; i < 3; i++) {
            plant("BEGIN:VEVENT\r\nUID:often\r\nDTSTART:20260401T090000Z\r\nRRULE:FREQ=HOURLY\r\nEND:VEVENT\r\n");
        }
        ask(alice, publish("<rrule>FREQ=DAILY;COUNT=4</rrule>"));

        alice.send("<findEvents id=\"R\" calendar=\"c\" timeFrom=\"20260401\" timeTill=\"20290401\"/>\0");
        assertThat(alice.read()).contains("items=\"8\"").containsOnlyOnce("itemUID=\"zone\"");
        assertThat(alice.read()).isEqualTo(OK);
    }

    private void plant(String lines) throws Exception {
        server.james.append(TestJames.ALICE, "Calendar",
            "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n" + lines + "END:VCALENDAR\r\n");
    }

    @Test
    void onlySoManyCalendarsShouldBeOpen() throws Exception {
        for (int i = 1; i < 16; i++) {
            assertThat(ask(alice, "<calendarOpen id=\"R\" calendar=\"c" + i + "\" mailbox=\"Calendar\"/>\0")).isEqualTo(OK);
        }
        assertThat(ask(alice, "<calendarOpen id=\"R\" calendar=\"c16\" mailbox=\"Calendar\"/>\0")).contains("errorNum=\"421\"");
    }
}
