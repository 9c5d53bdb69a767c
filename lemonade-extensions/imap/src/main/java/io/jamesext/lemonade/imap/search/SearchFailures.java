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

package io.jamesext.lemonade.imap.search;

import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor.Responder;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** What the client is told when a program could not be run. */
public final class SearchFailures {
    private SearchFailures() {
    }

    /** A NO with the cause where it is the program's or the index's; else James logs the failure and says NO. */
    public static Mono<Void> refuse(ImapRequest request, Responder responder, Throwable failure) {
        if (Exceptions.unwrap(failure) instanceof RefusedException refused) {
            return no(request, responder, refused.code(), refused.text());
        }
        if (MailboxFailures.of(failure).failure() == Failure.BUSY) {
            // RFC 5530 section 3, UNAVAILABLE: the index of texts is down. Everything else is found without it.
            return no(request, responder, "UNAVAILABLE", "The search index does not answer, try again later");
        }
        return Mono.error(failure);
    }

    private static Mono<Void> no(ImapRequest request, Responder responder, String code, String text) {
        return Mono.fromRunnable(
            () -> responder.respond(new StatusLine(request.getTag(), StatusResponse.Type.NO, code, request.getCommand(), text)));
    }
}
