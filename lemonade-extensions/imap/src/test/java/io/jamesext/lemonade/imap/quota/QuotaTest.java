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

import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

@BothBackends
class QuotaTest {
    private static final String ROOT = "\"#private&alice@example.org\"";

    /** RFC 9208 section 4.1.1, with storage in units of 1024 octets. */
    @Test
    void limitsShouldBeTold() throws Exception {
        try (ImapTestServer server = ImapTestServer.start(""); ImapTestClient alice = server.connectAs(ImapTestServer.ALICE)) {
            server.maxQuotas().setGlobalMaxMessage(QuotaCountLimit.count(1_000));
            server.maxQuotas().setGlobalMaxStorage(QuotaSizeLimit.size(512 * 1_024));
            alice.write("a1 APPEND INBOX {3000+}\r\n" + "x".repeat(3_000) + "\r\n");
            alice.until("a1 ");
            assertThat(alice.command("a2 GETQUOTA " + ROOT)).contains("* QUOTA " + ROOT + " (STORAGE 3 512 MESSAGE 1 1000)");
            server.maxQuotas().setGlobalMaxStorage(QuotaSizeLimit.unlimited());
            assertThat(alice.command("a3 GETQUOTAROOT INBOX"))
                .containsSubsequence("* QUOTAROOT \"INBOX\" " + ROOT, "* QUOTA " + ROOT + " (MESSAGE 1 1000)");
        }
    }
}
