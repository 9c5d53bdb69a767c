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


package io.jamesext.lemonade.imap;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Set;

import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.FakeImapSession;
import org.apache.james.mailbox.MailboxSession;
import org.junit.jupiter.api.BeforeAll;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.converter.Converter;
import io.jamesext.lemonade.imap.convert.ConvertLimits;
import io.jamesext.lemonade.imap.convert.ConvertService;
import io.jamesext.lemonade.imap.frame.Cutting;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.urlauth.UrlServer;

/**
 * Parsers may refuse a command and do nothing else: no overflow of the stack, no endless loop, and no exception of ours. What James's
 * own parsers throw becomes a BAD, as it does on a connection.
 */
class CommandParserFuzzTest {
    private static final String OURS = "io.jamesext.";

    private static ImapDecoder parsers;
    private static MailboxSession alice;

    @BeforeAll
    static void openSession() throws Exception {
        TestJames james = TestJames.create();
        alice = james.session(TestJames.ALICE);
        parsers = new LemonadeImapPackage(ImapTestServer.services(james), new UrlServer(Set.of(), Set.of(), Set.of()),
            new ConvertService(new Converter(Converter.Limits.DEFAULT), new ConvertLimits(20, 10, 1 << 20, "image/jpeg"))).decoder();
    }

    /** The first octet says whether the client has logged in. */
    @FuzzTest
    void parsersShouldRefuseOrUnderstand(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ImapSession session = new FakeImapSession();
        if (input[0] != '!') {
            session.setMailboxSession(alice);
            session.selected(null).block();
        }
        try {
            Cutting.parse(Arrays.copyOfRange(input, 1, input.length), parsers, session);
        } catch (RuntimeException e) {
            if (isOurs(e)) {
                throw e;
            }
        } catch (Error e) {
            if (!(e.getCause() instanceof CharacterCodingException)) {
                throw e;
            }
        }
    }

    /** Whether a parser of ours threw it, or gave the JDK what it must not. */
    private static boolean isOurs(RuntimeException e) {
        return Arrays.stream(e.getStackTrace())
            .map(StackTraceElement::getClassName)
            .filter(name -> !name.startsWith("java.") && !name.startsWith("com.google."))
            .findFirst()
            .filter(name -> name.startsWith(OURS))
            .isPresent();
    }
}
