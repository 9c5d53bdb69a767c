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

package io.jamesext.lemonade.imap.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import org.apache.james.core.Username;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxNamesTest {
    private static final Username ALICE = Username.of("alice@example.org");
    private static final MailboxNames NAMES = MailboxNames.of(ALICE, '.', false);
    private static final MailboxNames UTF8 = MailboxNames.of(ALICE, '.', true);

    @ParameterizedTest
    @CsvSource({
        "plans, alice@example.org, plans",
        "iNbOx, alice@example.org, INBOX",
        "inbox.sub, alice@example.org, INBOX.sub",
        "inboxes, alice@example.org, inboxes",
        "#user.bob.plans.more, bob@example.org, plans.more",
        "#user.bob.inbox, bob@example.org, INBOX",
        "#user.john=2Edoe.x, john.doe@example.org, x",
        "#user.bob@other=2Eexample.x, bob@other.example, x"})
    void namesShouldHaveTheirPath(String name, String owner, String mailbox) throws Exception {
        assertThat(NAMES.path(name)).isEqualTo(MailboxPath.forUser(Username.of(owner), mailbox));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "#user", "#user.", "#user.bob", "#user.bob.", "#user..x", "#userx.bob.x", "#private.x", "#news.comp",
        "#user.=.x", "#user.=2.x", "#user.=ZZ.x", "#user.a@b@c.x", "#user.@.x", "#USER.bob.x"})
    void otherNamesShouldHaveNone(String name) {
        assertThatThrownBy(() -> NAMES.path(name)).isInstanceOf(MailboxNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob@example.org", "john.doe@example.org", "a=b@example.org", "50%*@example.org", "x@sub.example.org", "local"})
    void anyOwnerShouldComeBack(String owner) throws Exception {
        MailboxPath path = MailboxPath.forUser(Username.of(owner), "a.b");
        if (!owner.equals("local")) {
            assertThat(NAMES.path(NAMES.name(path))).isEqualTo(path);
        }
        MailboxNames withoutDomain = MailboxNames.of(Username.of("alice"), '/', false);
        assertThat(withoutDomain.path(withoutDomain.name(path))).isEqualTo(path);
    }

    @Test
    void wildcardsShouldNotBeInOwners() {
        assertThat(NAMES.name(MailboxPath.forUser(Username.of("50%*@example.org"), "x"))).isEqualTo("#user.50=25=2A.x");
    }

    @Test
    void utf8ShouldBeReadAndWrittenOnceEnabled() throws Exception {
        byte[] octets = "Grün & Blau".getBytes(StandardCharsets.UTF_8);
        assertThat(UTF8.decode(octets)).isEqualTo("Grün & Blau");
        assertThat(UTF8.encode("Grün & Blau")).isEqualTo("Grün & Blau");
        assertThat(UTF8.decode("&APw-".getBytes(StandardCharsets.US_ASCII))).isEqualTo("&APw-");
        assertThat(NAMES.encode("Grün & Blau")).isEqualTo("Gr&APw-n &- Blau");
        assertThatThrownBy(() -> NAMES.decode(octets)).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> UTF8.decode(new byte[] {'a', (byte) 0xc3})).isInstanceOf(DecodingException.class);
    }
}
