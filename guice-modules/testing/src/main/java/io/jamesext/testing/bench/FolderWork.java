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
import java.util.Map;
import java.util.function.Function;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;

/**
 * What a client does to a mailbox again and again, and what is made of the durations.
 *
 * @param title for the progress
 * @param operation what is repeated
 * @param figures by the row's title
 */
record FolderWork(String title, Operation operation, Function<Samples, Map<String, Double>> figures) {
    /** The mailbox that is opened, listed, read and changed. */
    static final String MEASURED = "Measured";
    private static final String SEARCH = "* SEARCH ";
    private static final int BROWSED = 50;
    private static final int CHANGES = 10;
    /** What is listed and read is so far apart: neighbours may be in a cache. */
    private static final int STEP = 977;
    private static final int MEDIAN = 50;
    private static final int ALMOST_ALL = 99;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What is repeated with the same client. */
    interface Operation {
        /** Done once before. */
        void prepare(MeasuredMailbox mailbox) throws IOException;

        /**
         * Done once more.
         *
         * @param round counts from 0
         * @return how many nanoseconds that took which counts
         */
        long nanos(MeasuredMailbox mailbox, int round) throws IOException;
    }

    /** What is done with a mailbox. */
    private interface Action {
        void run(MeasuredMailbox mailbox, int round) throws IOException;
    }

    /**
     * All of them, in the order of the table.
     *
     * @param messages in the mailbox, at least 200
     * @param other a client that makes changes
     */
    static List<FolderWork> all(int messages, ImapClient other) {
        return List.of(
            rate("mailboxes of " + String.format(Locale.ROOT, "%,d", messages) + " messages opened per second", new Open()),
            rate("lists of " + BROWSED + " messages per second",
                new Simple((mailbox, round) -> mailbox.browse((int) ((long) round * STEP % (messages - BROWSED)), BROWSED))),
            rate("whole messages read per second", new Read(other)),
            rate("syncs per second, " + CHANGES + " changes each", new Sync(other)),
            new FolderWork("news of an APPEND", new News(other), samples -> ImmutableMap.of(
                "ms from APPEND to the news of it, median (less is better)", samples.percentile(MEDIAN),
                "ms from APPEND to the news of it, 99 of 100 (less is better)", samples.percentile(ALMOST_ALL))));
    }

    private static FolderWork rate(String title, Operation operation) {
        return new FolderWork(title, operation, samples -> ImmutableMap.of(title, samples.rate()));
    }

    /** Only the opening counts. */
    private record Open() implements Operation {
        @Override
        public void prepare(MeasuredMailbox mailbox) {
        }

        @Override
        public long nanos(MeasuredMailbox mailbox, int round) throws IOException {
            long start = System.nanoTime();
            mailbox.open(MEASURED);
            long nanos = System.nanoTime() - start;
            mailbox.leave();
            return nanos;
        }
    }

    private record Simple(Action action) implements Operation {
        @Override
        public void prepare(MeasuredMailbox mailbox) throws IOException {
            mailbox.open(MEASURED);
        }

        @Override
        public long nanos(MeasuredMailbox mailbox, int round) throws IOException {
            long start = System.nanoTime();
            action.run(mailbox, round);
            return System.nanoTime() - start;
        }
    }

    /** By UID: the numbers of messages are not theirs on every store. */
    private static final class Read implements Operation {
        private final ImapClient other;
        private List<String> uids = List.of();

        Read(ImapClient other) {
            this.other = other;
        }

        @Override
        public void prepare(MeasuredMailbox mailbox) throws IOException {
            other.command("EXAMINE " + MEASURED);
            uids = other.command("UID SEARCH ALL").stream().filter(line -> line.startsWith(SEARCH))
                .flatMap(line -> Splitter.on(' ').splitToStream(line.substring(SEARCH.length()))).toList();
            mailbox.open(MEASURED);
        }

        @Override
        public long nanos(MeasuredMailbox mailbox, int round) throws IOException {
            String uid = uids.get((int) ((long) round * STEP % uids.size()));
            long start = System.nanoTime();
            mailbox.read(uid);
            return System.nanoTime() - start;
        }
    }

    /** Another client changes the flags of some messages, which does not count; then the first one asks until it knows of all. */
    private static final class Sync implements Operation {
        private final ImapClient other;
        private boolean flagged;

        Sync(ImapClient other) {
            this.other = other;
        }

        @Override
        public void prepare(MeasuredMailbox mailbox) throws IOException {
            other.command("SELECT " + MEASURED);
            mailbox.open(MEASURED);
        }

        @Override
        public long nanos(MeasuredMailbox mailbox, int round) throws IOException {
            flagged = !flagged;
            other.command("STORE " + (CHANGES + 1) + ":" + 2 * CHANGES + (flagged ? " +" : " -") + "FLAGS.SILENT (\\Flagged)");
            long start = System.nanoTime();
            for (int told = mailbox.sync(); told < CHANGES; told += mailbox.sync()) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IOException("the server told of " + told + " of " + CHANGES + " changes");
                }
            }
            return System.nanoTime() - start;
        }
    }

    /** Another client appends to a mailbox that was empty at the beginning; what counts ends with the first word of it. */
    private static final class News implements Operation {
        private final ImapClient other;
        private final byte[] message = new Corpus().message(1);
        private String mailboxName = "";
        private int mailboxes;

        News(ImapClient other) {
            this.other = other;
        }

        @Override
        public void prepare(MeasuredMailbox mailbox) throws IOException {
            mailboxName = "News" + ++mailboxes;
            other.command("CREATE " + mailboxName);
            mailbox.open(mailboxName);
            mailbox.listen();
        }

        @Override
        public long nanos(MeasuredMailbox mailbox, int round) throws IOException {
            String tag = other.beginAppend(mailboxName, message);
            long start = System.nanoTime();
            other.send();
            mailbox.awaitNews();
            long nanos = System.nanoTime() - start;
            other.finish(tag);
            mailbox.takeNews();
            return nanos;
        }
    }
}
