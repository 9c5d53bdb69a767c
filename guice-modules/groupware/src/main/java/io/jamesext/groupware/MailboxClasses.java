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
package io.jamesext.groupware;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxPath;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The class of a mailbox, such as {@code IPF.Contact}: what kind of items it holds. One annotation of James's, so every backend has
 * it and it moves and ends with its mailbox. A mailbox without one holds mail.
 */
public final class MailboxClasses {
    /** DESIGN, "Where data lives", 2: one annotation with a compact record; the class is its first line. */
    private static final MailboxAnnotationKey KEY = new MailboxAnnotationKey("/shared/vendor/jamesext/class");
    private static final int MAX_LENGTH = 255;

    private final MailboxManager mailboxManager;

    /** On James's annotations. */
    @Inject
    public MailboxClasses(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    /** The class, or empty for mail. */
    public Mono<String> get(MailboxPath path, MailboxSession session) {
        Publisher<MailboxAnnotation> found = mailboxManager.getAnnotationsByKeysReactive(path, session, ImmutableSet.of(KEY));
        return Flux.from(found).next().flatMap(annotation -> Mono.justOrEmpty(annotation.getValue()));
    }

    /**
     * Gives the mailbox a class.
     *
     * @param mailboxClass 1 to 255 printable ASCII characters
     */
    public Mono<Void> set(MailboxPath path, String mailboxClass, MailboxSession session) {
        if (!mailboxClass.matches("[!-~]{1," + MAX_LENGTH + "}")) {
            return Mono.error(new ProtocolException(Failure.SYNTAX, "not a possible mailbox class"));
        }
        return Mono.from(mailboxManager.updateAnnotationsReactive(path, session,
            ImmutableList.of(MailboxAnnotation.newInstance(KEY, mailboxClass))));
    }
}
