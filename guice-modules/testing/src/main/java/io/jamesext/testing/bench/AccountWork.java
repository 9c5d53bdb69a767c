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
package io.jamesext.testing.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a client does to an account again and again.
 *
 * @param title of the row
 * @param action what is measured; fails when the answer is wrong
 */
record AccountWork(String title, Action action) {
    /** The folder that is searched, read and marked. */
    static final String MEASURED = "Measured";
    /** In how many folders something has changed before a client comes back. */
    static final int CHANGED = 10;

    private static final int NEW = 10;
    /** What is read and marked is so far apart: neighbours may be in a cache. */
    private static final int STEP = 977;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What is repeated with the same client. */
    interface Action {
        /** Done once before. */
        default void prepare(MeasuredAccount account) throws IOException {
            account.open(MEASURED);
        }

        /** Done before each time, and not measured. */
        default void change() throws IOException {
        }

        /**
         * Done once more.
         *
         * @param round counts from 0
         */
        void run(MeasuredAccount account, int round) throws IOException;
    }

    /**
     * All of them, in the order of the table.
     *
     * @param uids of the messages in the measured folder, in order
     * @param folders in the account
     * @param subject of some of the messages
     * @param matches how many they are
     * @param other a client that makes changes
     */
    static List<AccountWork> all(List<Long> uids, int folders, String subject, int matches, ImapClient other) {
        String messages = String.format(Locale.ROOT, "%,d", uids.size());
        return List.of(
            new AccountWork("state of " + String.format(Locale.ROOT, "%,d", folders) + " folders (CHNG, LIST-STATUS)",
                (account, round) -> expect(folders, account.folders())),
            new AccountWork("what is new in " + messages + " messages (FIND, SEARCH)",
                (account, round) -> expect(NEW, account.newSince(uids.get(uids.size() - NEW - 1)))),
            new AccountWork("a subject in " + messages + " messages (FIND, SEARCH)",
                (account, round) -> expect(matches, account.withSubject(subject))),
            new AccountWork("a whole message read (RETR, FETCH)", (account, round) -> account.read(some(uids, round))),
            new AccountWork("a message marked (STAG, STORE)",
                (account, round) -> account.mark(some(uids, round / 2), round % 2 == 0)),
            new AccountWork("resync after changes in " + CHANGED + " folders (CHNG and XCHG, LIST-STATUS and QRESYNC)", new Resync(other)));
    }

    private static long some(List<Long> uids, int round) {
        return uids.get((int) ((long) round * STEP % uids.size()));
    }

    private static void expect(int wanted, int found) throws IOException {
        if (wanted != found) {
            throw new IOException("the server told of " + found + ", not " + wanted);
        }
    }

    /** Another client changes a flag of one message in some folders; then the first one asks until it knows of all. */
    private static final class Resync implements Action {
        private final ImapClient other;
        private boolean tagged;

        Resync(ImapClient other) {
            this.other = other;
        }

        @Override
        public void prepare(MeasuredAccount account) throws IOException {
            account.resynchronise();
        }

        @Override
        public void change() throws IOException {
            tagged = !tagged;
            for (int folder = 0; folder < CHANGED; folder++) {
                other.command("SELECT " + AccountBench.folder(folder));
                other.command("STORE 1 " + (tagged ? "+" : "-") + "FLAGS.SILENT (WORK)");
            }
            other.command("UNSELECT");
        }

        @Override
        public void run(MeasuredAccount account, int round) throws IOException {
            long start = System.nanoTime();
            for (int told = account.resynchronise(); told < CHANGED; told += account.resynchronise()) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IOException("the server told of " + told + " of " + CHANGED + " changes");
                }
            }
        }
    }
}
