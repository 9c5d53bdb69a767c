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
package io.jamesext.kernel.failure;

import org.apache.james.mailbox.exception.AnnotationException;
import org.apache.james.mailbox.exception.BadCredentialsException;
import org.apache.james.mailbox.exception.DifferentDomainException;
import org.apache.james.mailbox.exception.ForbiddenDelegationException;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNameException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.exception.MailboxSecurityException;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.exception.OverQuotaException;
import org.apache.james.mailbox.exception.ReadOnlyException;
import org.apache.james.mailbox.exception.UnsupportedRightException;
import org.apache.james.mailbox.exception.UnsupportedSearchException;
import org.apache.james.mailbox.exception.UserDoesNotExistException;

import com.github.fge.lambdas.ThrownByLambdaException;

import reactor.core.Exceptions;

/** The one place where what James throws becomes a {@link ProtocolException}. */
public final class MailboxFailures {
    /** Of guice-modules/opensearch. Known by its name: on a James in memory there is no such class. */
    private static final String INDEX_UNAVAILABLE = "io.jamesext.opensearch.IndexUnavailableException";

    private MailboxFailures() {
    }

    /**
     * Translates any error of an operation.
     *
     * @param error what the operation ended with
     * @return what the client is told; {@link Failure#INTERNAL} with a fixed text for whatever is our own fault, which the caller logs
     */
    public static ProtocolException of(Throwable error) {
        Throwable unwrapped = Exceptions.unwrap(error);
        // James wraps what its lambdas throw, from some of its methods.
        Throwable cause = unwrapped instanceof ThrownByLambdaException && unwrapped.getCause() != null ? unwrapped.getCause() : unwrapped;
        if (cause instanceof ProtocolException known) {
            return known;
        }
        if (cause instanceof MailboxNotFoundException) {
            return new ProtocolException(Failure.NO_SUCH_MAILBOX, "no such mailbox");
        }
        if (cause instanceof MailboxExistsException) {
            return new ProtocolException(Failure.MAILBOX_EXISTS, "the mailbox exists already");
        }
        if (cause instanceof MailboxNameException) {
            return new ProtocolException(Failure.BAD_MAILBOX_NAME, "not a possible mailbox name");
        }
        if (cause instanceof OverQuotaException) {
            return new ProtocolException(Failure.OVER_QUOTA, "the quota is exceeded");
        }
        if (cause instanceof BadCredentialsException || cause instanceof UserDoesNotExistException
                || cause instanceof ForbiddenDelegationException) {
            return new ProtocolException(Failure.AUTHENTICATION_FAILED, "authentication failed");
        }
        if (isDenied(cause)) {
            return new ProtocolException(Failure.NO_PERMISSION, "permission denied");
        }
        if (cause.getClass().getName().equals(INDEX_UNAVAILABLE)) {
            return new ProtocolException(Failure.BUSY, "the search index does not answer, try again later");
        }
        if (cause instanceof MessageRangeException) {
            return new ProtocolException(Failure.SYNTAX, "not a possible range of messages");
        }
        if (cause instanceof UnsupportedSearchException || cause instanceof AnnotationException) {
            return new ProtocolException(Failure.NOT_SUPPORTED, "the mailbox store cannot do this");
        }
        return new ProtocolException(Failure.INTERNAL, "internal server error");
    }

    private static boolean isDenied(Throwable cause) {
        return cause instanceof InsufficientRightsException || cause instanceof MailboxSecurityException
            || cause instanceof ReadOnlyException || cause instanceof UnsupportedRightException
            || cause instanceof DifferentDomainException;
    }
}
