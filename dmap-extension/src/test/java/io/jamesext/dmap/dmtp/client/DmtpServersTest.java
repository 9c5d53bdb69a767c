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
package io.jamesext.dmap.dmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;

import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.dnsservice.api.TemporaryResolutionException;
import org.junit.jupiter.api.Test;

class DmtpServersTest {
    /** As James's DNS client does when it has no answer. */
    private static final class Away extends InMemoryDNSService {
        @Override
        public Collection<String> findTXTRecords(String hostname) {
            return List.of();
        }

        @Override
        public Collection<String> findMXRecords(String hostname) throws TemporaryResolutionException {
            throw new TemporaryResolutionException("no answer");
        }
    }

    @Test
    void aDomainWithoutRecordShouldHaveNoServer() throws Exception {
        assertThatThrownBy(() -> new DmtpServers(DmtpSettings.NONE, new InMemoryDNSService()).of("example.com"))
            .isInstanceOfSatisfying(DmtpException.class, e -> assertThat(e.kind()).isEqualTo(DmtpException.Kind.NO_SERVER));
    }

    @Test
    void aDomainWhoseRecordCannotBeAskedForMayHaveOneLater() throws Exception {
        assertThatThrownBy(() -> new DmtpServers(DmtpSettings.NONE, new Away()).of("example.com"))
            .isInstanceOfSatisfying(DmtpException.class, e -> assertThat(e.kind()).isEqualTo(DmtpException.Kind.TEMPORARY));
    }
}
