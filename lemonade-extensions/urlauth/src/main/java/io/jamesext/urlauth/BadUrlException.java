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

package io.jamesext.urlauth;

/**
 * A URL cannot be used: its syntax is wrong, or what it names is not there for this user.
 *
 * <p>RFC 4469 section 4.1 answers all of these with one code, so that a client learns nothing about mailboxes it may not read. The text
 * is for
 * logs and never contains the URL.
 */
public sealed class BadUrlException extends RuntimeException permits UnauthorizedUrlException {
    private static final long serialVersionUID = 1L;

    public BadUrlException(String message) {
        // A client's mistake, not ours: the stack trace would say nothing and costs time on every bad URL.
        super(message, null, false, false);
    }
}
