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
package io.jamesext.lemonade.imap.notify;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import javax.mail.Flags.Flag;

import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UpdatedFlags;

/** That something has changed, of which a client is to be told. Notes of one key become one. */
sealed interface Note {
    /** Nobody chooses longer names of annotations but to fill our heap. */
    int SHORT_NAME = 100;

    /** What of the messages of a mailbox has changed. */
    enum Change {
        /** Messages came or went. */
        COUNT,
        /** Flags were changed. */
        FLAGS,
        /** Messages became seen or unseen. */
        SEEN;

        /** Those that an event is about, of what is told of that mailbox. */
        static Set<Change> of(MailboxEvent event, Watched mailbox) {
            Set<Change> changes = EnumSet.noneOf(Change.class);
            if ((event instanceof Added || event instanceof Expunged) && mailbox.tells(NotifyEvent.MESSAGE_NEW)) {
                changes.add(COUNT);
            } else if (event instanceof FlagsUpdated updated && mailbox.tells(NotifyEvent.FLAG_CHANGE)) {
                updated.getUpdatedFlags().forEach(flags -> add(flags, changes));
            }
            return changes;
        }

        private static void add(UpdatedFlags flags, Set<Change> changes) {
            // \Recent is of sessions, and no change of the message.
            if (flags.userFlagIterator().hasNext() || flags.modifiedSystemFlags().stream().anyMatch(flag -> flag != Flag.RECENT)) {
                changes.add(FLAGS);
            }
            if (flags.modifiedSystemFlags().contains(Flag.SEEN)) {
                changes.add(SEEN);
            }
        }
    }

    /** What it is about. */
    Object key();

    /** It and one of the same key that was noted before. */
    Note after(Note earlier);

    /** How much of what may wait it takes. */
    default int size() {
        return 1;
    }

    /** Whether who asks to be told other things from now on is to be told this too. */
    default boolean isWantedBy(Watch watch) {
        return true;
    }

    /** Messages of a mailbox, which are told of by STATUS. */
    record Messages(MailboxId mailbox, Set<Change> changes) implements Note {
        @Override
        public boolean isWantedBy(Watch watch) {
            return watch.tells(NotifyEvent.MESSAGE_NEW, mailbox);
        }

        @Override
        public Object key() {
            return mailbox;
        }

        @Override
        public Note after(Note earlier) {
            Set<Change> both = EnumSet.copyOf(changes);
            both.addAll(((Messages) earlier).changes);
            return new Messages(mailbox, both);
        }
    }

    /**
     * A name, which is told of by LIST.
     *
     * @param refused whether the client may not see it any more, or not read it
     */
    record Name(MailboxPath path, boolean refused) implements Note {
        static Name of(MailboxPath path) {
            return new Name(path, false);
        }

        @Override
        public boolean isWantedBy(Watch watch) {
            return watch.tells(NotifyEvent.MAILBOX_NAME, path) || watch.tells(NotifyEvent.SUBSCRIPTION_CHANGE, path);
        }

        @Override
        public Object key() {
            return path;
        }

        @Override
        public Note after(Note earlier) {
            return this;
        }
    }

    /**
     * What a mailbox is called and what the client may do with it, which is to be looked up.
     *
     * @param mailbox where it is known already
     * @param before what it was called, if the client is to be told of its new name; where it is watched the client may know an older one
     */
    record Access(MailboxPath path, Optional<MailboxId> mailbox, Optional<MailboxPath> before) implements Note {
        @Override
        public Object key() {
            return mailbox.map(id -> "access " + id.serialize()).orElse("access " + path.asString());
        }

        @Override
        public Note after(Note earlier) {
            return new Access(path, mailbox, ((Access) earlier).before.or(() -> before));
        }
    }

    /** The subscriptions of the user, which are to be read. */
    record Subscriptions() implements Note {
        @Override
        public Object key() {
            return "subscriptions";
        }

        @Override
        public Note after(Note earlier) {
            return this;
        }
    }

    /**
     * Annotations, which are told of by METADATA.
     *
     * @param mailbox empty for those of the server
     */
    record Metadata(Optional<MailboxId> mailbox, Set<String> entries) implements Note {
        static Metadata of(Optional<MailboxId> mailbox, Collection<String> entries) {
            return new Metadata(mailbox, new TreeSet<>(entries));
        }

        @Override
        public boolean isWantedBy(Watch watch) {
            return mailbox.map(id -> watch.tells(NotifyEvent.MAILBOX_METADATA_CHANGE, id)).orElse(watch.groups().ofServer());
        }

        @Override
        public Object key() {
            return mailbox.map(id -> "metadata " + id.serialize()).orElse("metadata");
        }

        @Override
        public Note after(Note earlier) {
            Set<String> both = new TreeSet<>(entries);
            both.addAll(((Metadata) earlier).entries);
            return new Metadata(mailbox, both);
        }

        @Override
        public int size() {
            return entries.stream().mapToInt(entry -> 1 + entry.length() / SHORT_NAME).sum();
        }
    }
}
