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
package io.jamesext.dmap;

import java.nio.file.Path;

import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.QuotaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.transcript.Transcript;

/** Limits, which only an administrator can set. RFC 9208. */
class QuotaTest {
    @TempDir
    static Path folder;

    @Test
    void limitsAndUseShouldBeTold() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder)) {
            TestJames james = server.james();
            QuotaRoot root = james.quotaRootResolver().getQuotaRoot(MailboxPath.inbox(TestJames.ALICE));
            james.maxQuotaManager().setMaxMessage(root, QuotaCountLimit.count(100));
            james.maxQuotaManager().setMaxStorage(root, QuotaSizeLimit.size(1025));
            // 1072 octets are in INBOX: two units of 1024, as the limit is.
            server.runner().run(Transcript.parse("limits", DmapTestServer.AUTHENTICATED + """
                C: q1 GETQUOTAROOT Sent
                S: \\* QUOTAROOT Sent ${root}
                S: \\* QUOTA ${root} \\(STORAGE 2 2 MESSAGE 4 100\\)
                S: q1 OK GETQUOTAROOT completed
                C: q2 GETQUOTA ${root}
                S: \\* QUOTA ${root} \\(STORAGE 2 2 MESSAGE 4 100\\)
                S: q2 OK GETQUOTA completed
                """));
        }
    }
}
