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
package io.jamesext.ximss.web;

import java.util.Map;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * What is sent to another server.
 *
 * @param method RFC 9110 section 9, in capitals
 * @param fields header fields besides those that every request has
 * @param body empty for none
 */
public record WebRequest(WebAddress address, String method, ImmutableMap<String, String> fields, byte[] body) {
    /** No CONNECT, which opens a tunnel, and no TRACE, which shows what proxies add. */
    private static final Pattern METHOD = Pattern.compile("(?!(CONNECT|TRACE)$)[A-Z]{1,32}");
    /** RFC 9110 section 5.5 without what is obsolete: above all no end of line, behind which another field could begin. */
    private static final Pattern VALUE = Pattern.compile("[\\t -~]{0,8192}");

    /** Checks what comes from the client. */
    public WebRequest {
        if (!METHOD.matcher(method).matches()) {
            throw new ProtocolException(Failure.SYNTAX, "this method cannot be used");
        }
        if (!fields.values().stream().allMatch(value -> VALUE.matcher(value).matches())) {
            throw new ProtocolException(Failure.SYNTAX, "a header field has at most 8192 printable ASCII characters");
        }
    }

    /** To read a document. */
    public static WebRequest get(WebAddress address) {
        return new WebRequest(address, "GET", ImmutableMap.copyOf(Map.of()), new byte[0]);
    }

    /** Without the fields, so that no log can hold a password or a cookie. */
    @Override
    public String toString() {
        return method;
    }
}
