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
package io.jamesext.dmap.submit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.EnvId;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.DsnParameters.Ret;

import io.jamesext.kernel.submit.Hold;

/**
 * How a message is to be delivered.
 *
 * @param hold until when it is held back. RFC 4865
 * @param reportOn of what the sender wants reports. RFC 3461 section 4.1
 * @param ret how much of the message a report has. RFC 3461 section 4.3
 * @param envelopeId what reports call the message. RFC 3461 section 4.4
 */
public record Delivery(Optional<Hold> hold, Optional<EnumSet<Notify>> reportOn, Optional<Ret> ret, Optional<EnvId> envelopeId) {
    /** Whether anything is said about reports. */
    boolean isReported() {
        return reportOn.isPresent() || ret.isPresent() || envelopeId.isPresent();
    }

    /** As James's mailets want it. */
    Optional<DsnParameters> reports(List<MailAddress> recipients) {
        DsnParameters.Builder parameters = DsnParameters.builder();
        ret.ifPresent(parameters::ret);
        envelopeId.ifPresent(parameters::envId);
        reportOn.ifPresent(kinds -> recipients.forEach(
            recipient -> parameters.addRcptParameter(recipient, RecipientDsnParameters.of(EnumSet.copyOf(kinds)))));
        return parameters.build();
    }
}
