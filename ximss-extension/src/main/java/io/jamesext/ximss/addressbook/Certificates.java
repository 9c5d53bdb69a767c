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
package io.jamesext.ximss.addressbook;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

import org.apache.james.mailbox.MailboxSession;

import reactor.core.publisher.Mono;

/** Where the certificates of people are found that mail is encrypted for. */
@FunctionalInterface
public interface Certificates {
    /**
     * One certificate for each address.
     *
     * @param addressBook the mailbox that the user's address book is
     * @param addresses e-mail addresses in lower case
     * @return or fails when one of them has none that can be used now, or the user may not read the address book
     */
    Mono<List<X509Certificate>> find(String addressBook, Set<String> addresses, MailboxSession session);
}
