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

package io.jamesext.lemonade.smtp.dsn;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.james.core.MailAddress;
import org.apache.james.smtpserver.dsn.DSNRcptParameterHook;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;

import com.google.common.collect.ImmutableMap;

/** What a transaction's recipients were given with, where James's DSNMessageHook looks for it; of a recipient named twice, the last. */
final class RecipientParameters extends DSNRcptParameterHook.Builder {
    private final Map<MailAddress, RecipientDsnParameters> parameters = new LinkedHashMap<>();
    private final Map<MailAddress, String> originalRecipients = new LinkedHashMap<>();

    @Override
    public RecipientParameters add(MailAddress recipient, RecipientDsnParameters given) {
        parameters.put(recipient, given);
        return this;
    }

    /** Keeps an ORCPT as it came in, by the address that James keeps of it. */
    void keep(MailAddress address, String orcpt) {
        originalRecipients.put(address, orcpt);
    }

    Map<MailAddress, String> originalRecipients() {
        return originalRecipients;
    }

    @Override
    public ImmutableMap<MailAddress, RecipientDsnParameters> build() {
        return ImmutableMap.copyOf(parameters);
    }
}
