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
package io.jamesext.ximss.op.service;

import java.time.Duration;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.web.WebAddress;
import io.jamesext.ximss.web.WebClient;
import io.jamesext.ximss.web.WebRules;
import io.jamesext.ximss.xml.Element;

/**
 * The "HTTP Service" of retrieveXML and retrieveURL: on or off for all users.
 *
 * @param client to whom
 * @param rules which servers may be asked; none has a port when it is off
 */
public record WebAccess(WebClient client, WebRules rules) {
    /** XIMSS, "Service Operations", retrieveURL: in seconds, and used where the client says nothing. */
    private static final long MAX_TIMEOUT = 30;

    /** Whether it is on. */
    public boolean isOn() {
        return !rules.ports().isEmpty();
    }

    /**
     * The attribute url.
     *
     * @throws ProtocolException when it is missing or cannot be used, or the service is off
     */
    WebAddress address(Element element) {
        String url = element.required("url");
        if (!isOn()) {
            throw new ProtocolException(Failure.NO_PERMISSION, "the HTTP service is not enabled");
        }
        return WebAddress.of(url, rules);
    }

    /** The attribute timeout. */
    static Duration timeout(Element element) {
        long seconds = element.number("timeout").orElse(MAX_TIMEOUT);
        if (seconds > MAX_TIMEOUT) {
            throw new ProtocolException(Failure.SYNTAX, "timeout is from 0 to " + MAX_TIMEOUT + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }
}
