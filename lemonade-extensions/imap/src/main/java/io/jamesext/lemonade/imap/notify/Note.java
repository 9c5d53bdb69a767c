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

import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;

/** That something has changed, of which a client is to be told. Notes of one key become one. */
sealed interface Note {
    /** What of the messages of a mailbox has changed. */
    enum Change {
        /** Messages came or went. */
        COUNT,
        /** Flags were changed. */
        FLAGS,
        /** Messages became seen or unseen. */
        SEEN
    }

    /** What it is about. */
    Object key();

    /** It and one of the same key that was noted before. */
    Note after(Note earlier);

    /** Messages of a mailbox, which are told of by STATUS. */
    record Messages(MailboxId mailbox, Set<Change> changes) implements Note {
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
     * @param before what its mailbox was called before
     * @param refused whether the client may not see it any more, or not read it
     */
    record Name(MailboxPath path, Optional<MailboxPath> before, boolean refused) implements Note {
        static Name of(MailboxPath path) {
            return new Name(path, Optional.empty(), false);
        }

        @Override
        public Object key() {
            return path;
        }

        @Override
        public Note after(Note earlier) {
            return new Name(path, before.or(() -> ((Name) earlier).before), refused);
        }
    }

    /**
     * What the client may do with a mailbox, which is to be looked up.
     *
     * @param mailbox where it is known already
     */
    record Access(MailboxPath path, Optional<MailboxId> mailbox) implements Note {
        @Override
        public Object key() {
            return mailbox.map(id -> "access " + id.serialize()).orElse("access " + path.asString());
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
        public Object key() {
            return mailbox.map(id -> "metadata " + id.serialize()).orElse("metadata");
        }

        @Override
        public Note after(Note earlier) {
            Set<String> both = new TreeSet<>(entries);
            both.addAll(((Metadata) earlier).entries);
            return new Metadata(mailbox, both);
        }
    }
}
