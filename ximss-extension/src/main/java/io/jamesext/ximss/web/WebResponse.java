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

import java.util.List;
import java.util.Optional;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * What another server answered.
 *
 * @param code RFC 9110 section 15
 * @param fields the header
 * @param body as it came; empty for none
 */
public record WebResponse(int code, HttpHeaders fields, byte[] body) {
    private static final int HUNDRED = 100;

    /** A field's value, the first of several. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** A field's values. */
    public List<String> allOf(String name) {
        return fields.getAll(name);
    }

    /** Whether the server did what it was asked. */
    public boolean isSuccess() {
        return code / HUNDRED == 2;
    }

    /** RFC 9110 section 15.4: where else the document is. */
    Optional<String> redirect() {
        return switch (code) {
            case 301, 302, 303, 307, 308 -> field("Location");
            default -> Optional.empty();
        };
    }
}
