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

package io.jamesext.lemonade.imap.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

@BothBackends
class QuotaTest {
    private static final Pattern QUOTA = Pattern.compile(".* \\(STORAGE (\\d+) 524288 MESSAGE (\\d+) 100000\\)");
    private static final String ROOT = "\"#private&alice@example.org\"";

    /** RFC 9208 section 4.1.1, with storage in units of 1024 octets, of which a part counts as one. */
    @Test
    void limitsShouldBeTold() throws Exception {
        try (ImapTestServer server = ImapTestServer.start(""); ImapTestClient alice = server.connectAs(ImapTestServer.ALICE)) {
            server.maxQuotas().setGlobalMaxMessage(QuotaCountLimit.count(100_000));
            server.maxQuotas().setGlobalMaxStorage(QuotaSizeLimit.size(512 << 20));
            try {
                // The counters of a store that tests share go on where they were, once there is a message.
                alice.write("a APPEND INBOX {3+}\r\nxyz\r\n");
                alice.until("a ");
                long[] before = used(alice.command("a0 GETQUOTA " + ROOT));
                alice.write("a1 APPEND INBOX {3072+}\r\n" + "x".repeat(3_072) + "\r\n");
                alice.until("a1 ");
                assertThat(used(alice.command("a2 GETQUOTA " + ROOT))).containsExactly(before[0] + 3, before[1] + 1);
                server.maxQuotas().removeGlobalMaxStorage();
                assertThat(alice.command("a3 GETQUOTAROOT INBOX")).containsSubsequence("* QUOTAROOT \"INBOX\" " + ROOT,
                    "* QUOTA " + ROOT + " (MESSAGE " + (before[1] + 1) + " 100000)");
            } finally {
                server.maxQuotas().removeGlobalMaxStorage();
                server.maxQuotas().removeGlobalMaxMessage();
            }
        }
    }

    private static long[] used(List<String> answer) {
        Matcher quota = QUOTA.matcher(answer.get(0));
        assertThat(quota.matches()).as(answer.get(0)).isTrue();
        return new long[] {Long.parseLong(quota.group(1)), Long.parseLong(quota.group(2))};
    }
}
