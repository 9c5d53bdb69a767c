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
package io.jamesext.kernel.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.apache.james.mailbox.exception.DifferentDomainException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.junit.jupiter.api.Test;

import com.github.fge.lambdas.ThrownByLambdaException;

import io.jamesext.opensearch.IndexUnavailableException;

class MailboxFailuresTest {
    /** The class of guice-modules/opensearch is known by its name only. */
    @Test
    void searchIndexThatDoesNotAnswerShouldBeToldAsSuch() {
        ProtocolException told = MailboxFailures.of(new IndexUnavailableException(new IOException("10.0.0.7: refused")));
        assertThat(told.failure()).isEqualTo(Failure.BUSY);
        assertThat(told.getMessage()).isEqualTo("the search index does not answer, try again later");
    }

    @Test
    void otherFailuresOfTheMailboxShouldKeepTheirTextToThemselves() {
        ProtocolException told = MailboxFailures.of(new MailboxException("secret"));
        assertThat(told.failure()).isEqualTo(Failure.INTERNAL);
        assertThat(told.getMessage()).doesNotContain("secret");
    }

    @Test
    void exceptionOfALambdaShouldBeTakenForWhatItWraps() {
        ThrownByLambdaException wrapped = new ThrownByLambdaException(new MailboxNotFoundException("Sent"));
        assertThat(MailboxFailures.of(wrapped).failure()).isEqualTo(Failure.NO_SUCH_MAILBOX);
    }

    @Test
    void sharingAcrossDomainsShouldBeDenied() {
        assertThat(MailboxFailures.of(new DifferentDomainException()).failure()).isEqualTo(Failure.NO_PERMISSION);
    }
}
