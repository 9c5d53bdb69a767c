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


package io.jamesext.lemonade.smtp.data;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;

/** MAIL's parameter BODY: {@code "7BIT" / "8BITMIME" / "BINARYMIME"}. RFC 6152 section 2, RFC 3030 section 3. */
public final class BodyParameter implements MailParametersHook, EhloExtension {
    private static final AttachmentKey<String> KEY = AttachmentKey.of("jamesext.body", String.class);
    private static final String BINARYMIME = "BINARYMIME";
    private static final Set<String> VALUES = Set.of("7BIT", "8BITMIME", BINARYMIME);

    /** Whether the client has announced a message of any octets. */
    static boolean isBinary(SMTPSession session) {
        return session.getAttachment(KEY, State.Transaction).filter(BINARYMIME::equals).isPresent();
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {"BODY"};
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of(BINARYMIME);
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        String body = value.toUpperCase(Locale.ROOT);
        if (!VALUES.contains(body)) {
            return Parameters.denied("501", "5.5.4 BODY is 7BIT, 8BITMIME or BINARYMIME");
        }
        session.setAttachment(KEY, body, State.Transaction);
        return HookResult.DECLINED;
    }
}
