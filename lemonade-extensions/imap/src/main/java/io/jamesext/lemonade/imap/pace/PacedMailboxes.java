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

package io.jamesext.lemonade.imap.pace;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.BiFunction;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;

/**
 * James's mailboxes, whose messages come at the client's {@link Pace}: James's FETCH hands each message that it gets to Netty at once, and
 * has no place where it could be told to wait.
 *
 * <p>Proxies, because the two interfaces have some eighty methods, and three of them matter.
 */
public final class PacedMailboxes {
    private static final Set<String> MESSAGES = Set.of("getMessagesReactive", "listMessagesMetadata");

    private PacedMailboxes() {
    }

    /** The same mailboxes, for the processor of a command with long answers. */
    public static MailboxManager of(MailboxManager mailboxes) {
        return proxy(MailboxManager.class, mailboxes, (method, result) -> method.equals("getMailboxReactive")
            ? Mono.from((Publisher<?>) result).map(mailbox -> paced((MessageManager) mailbox))
            : result);
    }

    private static MessageManager paced(MessageManager mailbox) {
        return proxy(MessageManager.class, mailbox, (method, result) -> MESSAGES.contains(method)
            ? Pace.paced((Publisher<?>) result)
            : result);
    }

    private static <T> T proxy(Class<T> type, T target, BiFunction<String, Object, Object> after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                return after.apply(method.getName(), method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
