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
package io.jamesext.ximss.op.rule;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/** For what rules are: for mail that comes in. Clients of CommuniGate know signalIn as well. */
final class RuleType {
    static final String MAIL_IN = "mailIn";

    private RuleType() {
    }

    /** Refuses a request about other rules; one that does not say is about these. */
    static Element check(Element element) {
        if (!element.attribute("type").orElse(MAIL_IN).equals(MAIL_IN)) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "rules are of the type " + MAIL_IN);
        }
        return element;
    }

    static ProtocolException noSuchRule() {
        return new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such rule");
    }
}
