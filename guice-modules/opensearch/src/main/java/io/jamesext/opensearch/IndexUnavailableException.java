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
package io.jamesext.opensearch;

import org.apache.james.mailbox.exception.MailboxException;

/** OpenSearch does not answer, or says that it cannot now: the same request may succeed later. */
public final class IndexUnavailableException extends MailboxException {
    private static final long serialVersionUID = 1L;

    public IndexUnavailableException(Throwable cause) {
        super("The search index (OpenSearch) is not available", cause instanceof Exception e ? e : new IllegalStateException(cause));
    }
}
