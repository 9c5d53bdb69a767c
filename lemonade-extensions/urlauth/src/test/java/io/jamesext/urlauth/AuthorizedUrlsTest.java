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

package io.jamesext.urlauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

@BothBackends
class AuthorizedUrlsTest {
    private static final long SEED = 20_261_121L;
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Username ALICE = TestJames.ALICE;
    private static final Username SUBMIT = Username.of("submit");
    private static final Username STREAM = Username.of("stream");
    private static final String OWN = "imap://alice%40example.org@imap.example.org/INBOX/;UID=1";
    private static final UrlServer SERVER = new UrlServer(Set.of("IMAP.example.org", "localhost:1143"), Set.of(SUBMIT), Set.of(STREAM));

    private TestJames james;
    private MailboxSession alice;
    private MailboxKeys keys;
    private AuthorizedUrls urls;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        alice = james.session(ALICE);
        james.append(ALICE, "INBOX", "Subject: s\r\n\r\nbody");
        keys = new MemoryMailboxKeys();
        urls = urls(keys);
    }

    private AuthorizedUrls urls(MailboxKeys ofUsers) {
        return new AuthorizedUrls(james.mailboxManager(), new UrlContents(james.mailboxManager(), new MimeParts()), ofUsers,
            Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({
        // access, session's user, may
        "anonymous, bob@example.org, true", "ANONYMOUS, submit, true",
        "authuser, bob@example.org, true", "AuthUser, stream, true",
        "user+bob%40example.org, bob@example.org, true", "User+BOB%40example.org, bob@example.org, true",
        "user+bob%40example.org, alice@example.org, false", "user+bob%40example.org, bob@example.org.evil, false",
        "user+bob, bob@example.org, false", "user+submit, bob@example.org, false",
        // RFC 4467 section 3: whoever it is submitted for, the session must be the submission entity's.
        "submit+bob%40example.org, submit, true", "SUBMIT+nobody, submit, true", "submit+bob%40example.org, bob@example.org, false",
        "submit+alice%40example.org, alice@example.org, false", "submit+submit, stream, false",
        "stream, stream, true", "Stream, stream, true", "stream, submit, false", "stream, bob@example.org, false"
    })
    void accessIdentifierShouldSayWhoMay(String access, String user, boolean may) throws Exception {
        String url = urls.authorize(OWN + ";URLAUTH=" + access, "INTERNAL", SERVER, alice).block();
        if (may) {
            assertThat(content(url, Username.of(user))).isEqualTo("Subject: s\r\n\r\nbody");
        } else {
            assertThatThrownBy(() -> content(url, Username.of(user))).isInstanceOf(BadUrlException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "user+", "submit", "submit+", "anonymous+bob", "authuser+", "stream+bob", "streams", "sub",
        "submitx+bob",
        "usersubmit+bob", "+bob", "any", ""})
    void unknownAccessIdentifierShouldNotBeAuthorised(String access) {
        assertThatThrownBy(() -> urls.authorize(OWN + ";URLAUTH=" + access, "INTERNAL", SERVER, alice).block())
            .isInstanceOf(BadUrlException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap://alice%40example.org@imap.example.org:143/INBOX/;UID=1",
        "imap://alice%40example.org@localhost:1143/INBOX/;UID=1",
        "imap://ALICE%40example.org;AUTH=*@Imap.Example.Org/inbox/;UID=1", "IMAP://alice%40example.org@imap.example.org/%49NBOX/;UID=1"})
    void serverShouldBeKnownByItsNames(String url) throws Exception {
        String whole = urls.authorize(url + ";URLAUTH=anonymous", "internal", SERVER, alice).block();
        assertThat(whole).startsWith(url + ";URLAUTH=anonymous:internal:01");
        assertThat(content(whole, TestJames.BOB)).endsWith("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap://alice%40example.org@localhost/INBOX/;UID=1",
        "imap://alice%40example.org@imap.example.org:1143/INBOX/;UID=1",
        "imap://alice%40example.org@example.org/INBOX/;UID=1", "imap://imap.example.org/INBOX/;UID=1",
        "imap://;AUTH=*@imap.example.org/INBOX/;UID=1",
        "imap://alice@imap.example.org/INBOX/;UID=1", "imap://bob%40example.org@imap.example.org/INBOX/;UID=1", "/INBOX/;UID=1",
        "imap://alice%40example.org@imap.example.org/INBOX", "imap://alice%40example.org@imap.example.org/",
        "imap://alice%40example.org@imap.example.org/INBOX?ALL", "imap://alice%40example.org@imap.example.org/missing/;UID=1",
        "imap://alice%40example.org@imap.example.org/INBOX;UIDVALIDITY=1/;UID=1"})
    void otherServersOwnersAndMailboxesShouldNotBeAuthorised(String url) {
        assertThatThrownBy(() -> urls.authorize(url + ";URLAUTH=anonymous", "INTERNAL", SERVER, alice).block())
            .isInstanceOf(BadUrlException.class);
    }

    @Test
    void everyOctetOfTheUrlShouldCount() throws Exception {
        String rump = OWN + "/;SECTION=TEXT;EXPIRE=2027-01-01T00:00:00Z;URLAUTH=anonymous";
        String url = urls.authorize(rump, "INTERNAL", SERVER, alice).block();
        assertThat(content(url, TestJames.BOB)).isEqualTo("body");
        Random random = new Random(SEED);
        for (int at = 0; at < url.length(); at++) {
            char other = (char) ('!' + random.nextInt(94));
            String changed = url.substring(0, at) + other + url.substring(at + 1);
            // The mechanism and the token itself have no case.
            boolean same = at > url.indexOf(":internal:") ? changed.equalsIgnoreCase(url) : changed.equals(url);
            if (!same) {
                assertThatThrownBy(() -> content(changed, TestJames.BOB)).as("seed %d, %s", SEED, changed)
                    .isInstanceOf(BadUrlException.class);
            }
        }
        assertThat(content(url.replace(":internal:", ":INTERNAL:"), TestJames.BOB)).isEqualTo("body");
        assertThatThrownBy(() -> content(url + "0", TestJames.BOB)).isInstanceOf(BadUrlException.class);
        assertThatThrownBy(() -> content(url.substring(0, url.length() - 2), TestJames.BOB)).isInstanceOf(BadUrlException.class);
    }

    @Test
    void expiredUrlShouldFail() throws Exception {
        String last = urls.authorize(OWN + ";EXPIRE=2026-11-21T13:00:00+01:00;URLAUTH=anonymous", "INTERNAL", SERVER, alice).block();
        assertThat(content(last, TestJames.BOB)).endsWith("body");
        String expired = urls.authorize(OWN + ";EXPIRE=2026-11-21T11:59:59.999z;URLAUTH=anonymous", "INTERNAL", SERVER, alice).block();
        assertThatThrownBy(() -> content(expired, TestJames.BOB)).isInstanceOf(BadUrlException.class);
        assertThatThrownBy(() -> urls.authorize(OWN + ";EXPIRE=2026-02-30T00:00:00Z;URLAUTH=anonymous", "INTERNAL", SERVER, alice).block())
            .isInstanceOf(BadUrlException.class);
    }

    @Test
    void withoutKeyNoTokenShouldBeRight() throws Exception {
        String url = urls.authorize(OWN + ";URLAUTH=anonymous", "INTERNAL", SERVER, alice).block();
        // The token of another key, and those a forger could make of none.
        assertThatThrownBy(() -> urls(new MemoryMailboxKeys()).open(url, SERVER, TestJames.BOB).block())
            .isInstanceOf(BadUrlException.class);
        assertThatThrownBy(() -> MailboxKey.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        urls.revokeAll(alice).block();
        assertThatThrownBy(() -> content(url, TestJames.BOB)).isInstanceOf(BadUrlException.class);
    }

    @Test
    void revocationShouldBeOfOneMailboxAndUser() throws Exception {
        String url = urls.authorize(OWN + ";URLAUTH=anonymous", "INTERNAL", SERVER, alice).block();
        james.mailboxManager().createMailbox(MailboxPath.forUser(ALICE, "other"), alice);
        urls.revoke(MailboxPath.forUser(ALICE, "other"), alice).block();
        urls.revokeAll(james.session(TestJames.BOB)).block();
        assertThat(content(url, TestJames.BOB)).endsWith("body");
        urls.revoke(MailboxPath.inbox(ALICE), alice).block();
        assertThatThrownBy(() -> content(url, TestJames.BOB)).isInstanceOf(BadUrlException.class);
    }

    /** RFC 4467 section 7: "it grants whatever access to the data is held by the userid in the server component". */
    @Test
    void ownersRightsShouldBeCheckedAgainAtEachFetch() throws Exception {
        String url = urls.authorize(OWN + ";URLAUTH=anonymous", "INTERNAL", SERVER, alice).block();
        MailboxACL.EntryKey negative = new MailboxACL.EntryKey(ALICE.asString(), MailboxACL.NameType.user, true);
        james.mailboxManager().applyRightsCommand(MailboxPath.inbox(ALICE),
            MailboxACL.command().key(negative).rights(MailboxACL.Right.Read).asAddition(), alice);
        assertThatThrownBy(() -> content(url, TestJames.BOB)).isInstanceOf(BadUrlException.class);
        assertThatThrownBy(() -> urls.authorize(OWN + ";URLAUTH=anonymous", "INTERNAL", SERVER, alice).block())
            .isInstanceOf(BadUrlException.class);
    }

    @Test
    void deletedMessageShouldFail() throws Exception {
        String url = urls.authorize(OWN + ";URLAUTH=anonymous", "INTERNAL", SERVER, alice).block();
        MessageManager inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(ALICE), alice);
        inbox.delete(List.of(MessageUid.of(1)), alice);
        assertThatThrownBy(() -> content(url, TestJames.BOB)).isInstanceOf(BadUrlException.class);
    }

    @Test
    void tokenShouldTellItsAlgorithmAndBeLong() {
        String url = urls.authorize(OWN + ";URLAUTH=anonymous", "INTERNAL", SERVER, alice).block();
        assertThat(url.substring(url.lastIndexOf(':') + 1)).matches("01[0-9a-f]{64}");
        assertThat(keys.find(ALICE, "x").blockOptional()).isEmpty();
    }

    private String content(String url, Username user) throws Exception {
        return new String(urls.open(url, SERVER, user).block().open().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
