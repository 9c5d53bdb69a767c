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

package io.jamesext.lemonade.imap.folder;

import org.apache.james.mailbox.exception.MailboxException;

/** A command that cannot be done, and how to say so. */
public final class RefusedException extends MailboxException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;

    /**
     * @param code resp-text-code of RFC 5530 or of the extension
     * @param text for a person to read
     */
    public RefusedException(String code, String text) {
        super(text);
        this.code = code;
        this.text = text;
    }

    public String code() {
        return code;
    }

    public String text() {
        return text;
    }
}
