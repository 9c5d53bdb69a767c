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

package io.jamesext.lemonade.imap.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ENVELOPE, checked by hand against RFC 3501 section 7.4.2. A bar is the end of a line. */
class EnvelopeTest {
    static Stream<Arguments> addresses() {
        return Stream.of(
            Arguments.of("a@b", "((NIL NIL \"a\" \"b\"))"),
            Arguments.of("Fred Foobar <foobar@Blurdybloop.example>", "((\"Fred Foobar\" NIL \"foobar\" \"Blurdybloop.example\"))"),
            Arguments.of("\"Joe Q. \\\"Public\\\"\" <john.q.public@example.com>",
                "((\"Joe Q. \\\"Public\\\"\" NIL \"john.q.public\" \"example.com\"))"),
            Arguments.of("John Q. Public <j@p>", "((\"John Q. Public\" NIL \"j\" \"p\"))"),
            Arguments.of("a@b, c@d ,, e@f,", "((NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")(NIL NIL \"e\" \"f\"))"),
            Arguments.of("a@b (Fred (the) Foo)", "((\"Fred (the) Foo\" NIL \"a\" \"b\"))"),
            Arguments.of("(first) a@b", "((\"first\" NIL \"a\" \"b\"))"),
            Arguments.of("<a@b> (Fred)", "((\"Fred\" NIL \"a\" \"b\"))"),
            Arguments.of("Name (comment) <a@b>", "((\"Name\" NIL \"a\" \"b\"))"),
            Arguments.of("=?utf-8?Q?Keld_J=C3=B8rn?= <keld@dkuug.dk>", "((\"=?utf-8?Q?Keld_J=C3=B8rn?=\" NIL \"keld\" \"dkuug.dk\"))"),
            Arguments.of("A Group:Ed Jones <joe@where.test>,joe@where.test;",
                "((NIL NIL \"A Group\" NIL)(\"Ed Jones\" NIL \"joe\" \"where.test\")(NIL NIL \"joe\" \"where.test\")(NIL NIL NIL NIL))"),
            Arguments.of("Undisclosed recipients:;", "((NIL NIL \"Undisclosed recipients\" NIL)(NIL NIL NIL NIL))"),
            Arguments.of("g: a@b", "((NIL NIL \"g\" NIL)(NIL NIL \"a\" \"b\")(NIL NIL NIL NIL))"),
            Arguments.of("g: a@b;, c@d", "((NIL NIL \"g\" NIL)(NIL NIL \"a\" \"b\")(NIL NIL NIL NIL)(NIL NIL \"c\" \"d\"))"),
            Arguments.of("x <@a,@b:c@d>", "((\"x\" \"@a,@b\" \"c\" \"d\"))"),
            Arguments.of("\"john doe\"@example.com", "((NIL NIL \"john doe\" \"example.com\"))"),
            Arguments.of("a@[192.168.0.1]", "((NIL NIL \"a\" \"[192.168.0.1]\"))"),
            Arguments.of("a@b@c", "((NIL NIL \"a\" \"b@c\"))"),
            Arguments.of("<a@b@c>", "((NIL NIL \"a@b\" \"c\"))"),
            Arguments.of("foo@bar <a@b>", "((\"foo@bar\" NIL \"a\" \"b\"))"),
            Arguments.of("nobody", "((NIL NIL \"nobody\" \"\"))"),
            Arguments.of("Fred <>", "((\"Fred\" NIL \"\" \"\"))"),
            Arguments.of("Fred <a@b", "((\"Fred\" NIL \"a\" \"b\"))"),
            Arguments.of("\"unclosed <a@b>", "((NIL NIL \"unclosed <a@b>\" \"\"))"),
            Arguments.of("J\u00f8rn <a@b>", "(({4}|J\u00f8rn NIL \"a\" \"b\"))"),
            Arguments.of("(only a comment)", "NIL"),
            Arguments.of(",", "NIL"),
            Arguments.of("", "NIL"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void addressesShouldBeTakenApart(String field, String expected) {
        assertThat(envelope("To: " + field + "||")).isEqualTo("(NIL NIL NIL NIL NIL " + expected + " NIL NIL NIL NIL)");
    }

    @Test
    void example() {
        // RFC 3501 section 8.
        assertThat(envelope("Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)|From: Terry Gray <gray@cac.washington.edu>|"
            + "Subject: IMAP4rev1 WG mtg summary and minutes|To: imap@cac.washington.edu|"
            + "cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>|Message-Id: <B27397-0100000@cac.washington.edu>|"
            + "MIME-Version: 1.0|Content-Type: TEXT/PLAIN; CHARSET=US-ASCII||"))
            .isEqualTo("(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev1 WG mtg summary and minutes\""
                + " ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\"))"
                + " ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((NIL NIL \"imap\" \"cac.washington.edu\"))"
                + " ((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")(\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\")) NIL NIL"
                + " \"<B27397-0100000@cac.washington.edu>\")");
    }

    @Test
    void senderAndReplyToShouldBeFromWhereTheyAreNotOrEmpty() {
        assertThat(envelope("From: a@b|Sender:|Reply-To: c@d||"))
            .isEqualTo("(NIL NIL ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\")) ((NIL NIL \"c\" \"d\")) NIL NIL NIL NIL NIL)");
    }

    @Test
    void absentShouldBeNilAndEmptyShouldBeEmpty() {
        assertThat(envelope("Date:|Subject: |In-Reply-To:|Message-ID:|From:|To:||"))
            .isEqualTo("(\"\" \"\" NIL NIL NIL NIL NIL NIL \"\" \"\")");
        assertThat(envelope("X: y||")).isEqualTo("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");
    }

    @Test
    void foldingShouldGoAndOctetsShouldStay() {
        assertThat(envelope("Subject: one|  two|\tthree \"q\" \\ ||")).startsWith("(NIL \"one  two\tthree \\\"q\\\" \\\\\" NIL");
        assertThat(envelope("Subject: \u00e9\u0000||")).startsWith("(NIL {2}|\u00e9\u0080 NIL");
        assertThat(envelope("subject : =?utf-8?B?w6k=?=||")).startsWith("(NIL \"=?utf-8?B?w6k=?=\" NIL");
    }

    @Test
    void longStringsShouldBeLiterals() {
        assertThat(envelope("Subject: " + "x".repeat(1001) + "||")).startsWith("(NIL {1001}|xxx");
    }

    @Test
    void fieldsThatStandTwice() {
        assertThat(envelope("Subject: one|To: a@b|Subject: two|To: c@d||"))
            .startsWith("(NIL \"one\" NIL NIL NIL ((NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")) NIL");
    }

    @Test
    void manyMarksShouldTakeNoLongerThanTheyAreMany() {
        assertThat(envelope("To: " + "<(".repeat(100_000) + "||")).startsWith("(NIL");
        assertThat(envelope("To: " + "a:".repeat(100_000) + "||")).startsWith("(NIL");
        assertThat(envelope("To: " + "a@b<".repeat(100_000) + "||")).startsWith("(NIL");
    }

    private static String envelope(String header) {
        AnswerBuffer buffer = new AnswerBuffer(false);
        Envelope.write(header.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1), buffer);
        return new String(buffer.take(), StandardCharsets.ISO_8859_1).replace("\r\n", "|");
    }
}
