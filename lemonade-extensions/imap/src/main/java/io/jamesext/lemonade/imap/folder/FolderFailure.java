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

import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.mailbox.exception.DifferentDomainException;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNameException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.exception.OverQuotaException;
import org.apache.james.mailbox.exception.UnsupportedRightException;

import com.google.common.base.Throwables;

/** How a failure of the commands on mailboxes is answered: the response codes are those of RFC 5530. */
record FolderFailure(StatusResponse.Type type, String code, String text) {
    private static final String UNFORESEEN = "SERVERBUG";

    static FolderFailure of(Throwable thrown) {
        // Reactor's retries and James's lambdas wrap what went wrong.
        Throwable failure = Throwables.getCausalChain(thrown).stream().filter(MailboxException.class::isInstance).findFirst()
            .orElse(thrown);
        if (failure instanceof RefusedException refused) {
            return no(refused.code(), refused.text());
        }
        if (failure instanceof MailboxNotFoundException) {
            return no("NONEXISTENT", "No such mailbox.");
        }
        if (failure instanceof MailboxExistsException) {
            return no("ALREADYEXISTS", "There is such a mailbox already.");
        }
        if (failure instanceof InsufficientRightsException || failure instanceof DifferentDomainException) {
            return no("NOPERM", "Not permitted.");
        }
        if (failure instanceof MailboxNameException) {
            return no("CANNOT", "No mailbox can have that name.");
        }
        if (failure instanceof OverQuotaException) {
            return no("OVERQUOTA", "Over quota.");
        }
        if (failure instanceof UnsupportedRightException) {
            return new FolderFailure(StatusResponse.Type.BAD, "CLIENTBUG", "There is no such right.");
        }
        return no(UNFORESEEN, "Failed. Try again later.");
    }

    private static FolderFailure no(String code, String text) {
        return new FolderFailure(StatusResponse.Type.NO, code, text);
    }

    /** Whether it is our fault. */
    boolean unforeseen() {
        return code.equals(UNFORESEEN);
    }
}
