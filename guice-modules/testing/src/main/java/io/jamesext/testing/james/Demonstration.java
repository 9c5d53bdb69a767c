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

package io.jamesext.testing.james;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Fills a running server: the accounts that the documentation names, and mail for the first of them. */
public final class Demonstration {
    static final String ALICE = "alice@example.org";
    static final String BOB = "bob@example.org";

    private final Ports ports;
    private final Consumer<String> progress;

    public Demonstration(Ports ports, Consumer<String> progress) {
        this.ports = ports;
        this.progress = progress;
    }

    /** Both accounts, and the corpus in alice's INBOX. */
    public void fill() throws IOException {
        Accounts accounts = new Accounts(ports);
        accounts.create(ALICE);
        accounts.create(BOB);
        deliver("the test messages of apache-mime4j", MailSource::demo);
    }

    /** Alice's account, and every message below this directory in her INBOX. */
    public void fillWith(Path mail) throws IOException {
        new Accounts(ports).create(ALICE);
        deliver("the mail below " + mail, receiver -> MailSource.below(mail, receiver));
    }

    private interface Source {
        void deliverTo(MailSource.Receiver receiver) throws IOException;
    }

    private void deliver(String what, Source source) throws IOException {
        progress.accept("Delivering " + what);
        try (Delivery delivery = new Delivery(ports, ALICE, progress)) {
            source.deliverTo(delivery);
            progress.accept(delivery.summary());
        }
    }
}
