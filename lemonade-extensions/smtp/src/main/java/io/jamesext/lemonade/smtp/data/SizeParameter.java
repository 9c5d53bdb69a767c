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

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;

/**
 * MAIL's parameter SIZE, and the limit that it is compared with: RFC 1870. What a client declares is compared only; what it sends is
 * counted by {@link Assembly} and {@link DataCommand}.
 */
public final class SizeParameter implements MailParametersHook, EhloExtension {
    /** RFC 1870 section 4: {@code size-value ::= 1*20DIGIT}. */
    private static final Pattern SIZE = Pattern.compile("\\d{1,20}");

    /** Octets that a message may have. RFC 1870 section 3: zero is no limit but the disk's. */
    static long limit(SMTPSession session) {
        long limit = session.getConfiguration().getMaxMessageSize();
        return limit > 0 ? limit : Long.MAX_VALUE;
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {"SIZE"};
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of("SIZE " + session.getConfiguration().getMaxMessageSize());
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        if (!SIZE.matcher(value).matches()) {
            return Parameters.denied("501", "5.5.4 SIZE is a number of up to 20 digits");
        }
        boolean tooBig = new BigInteger(value).compareTo(BigInteger.valueOf(limit(session))) > 0;
        return tooBig ? Parameters.denied("552", "5.3.4 Message too big for system") : HookResult.DECLINED;
    }
}
