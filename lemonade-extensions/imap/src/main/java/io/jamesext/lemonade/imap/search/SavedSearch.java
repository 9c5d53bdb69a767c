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

package io.jamesext.lemonade.imap.search;

import java.util.Optional;

import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;

/**
 * The search result variable, "$". RFC 5182 section 2.1. It is kept as UIDs, which do not change, with the selection it was made in: of
 * another selection, or once there is none, it is empty, and messages that the client was told are gone are no more in it.
 */
public final class SavedSearch {
    /** James's own name for it, which its SELECT and EXAMINE clear: they keep the selection when the same mailbox is selected again. */
    private static final String KEY = "SEARCHRES_SAVED_SET";

    private record Saved(SelectedMailbox selected, NumberSet uids) {
    }

    private SavedSearch() {
    }

    /** Keeps the result of a search with SAVE. */
    public static void save(ImapSession session, NumberSet uids) {
        session.setAttribute(KEY, new Saved(session.getSelected(), uids));
    }

    /** RFC 5182 section 2.1: what SELECT and EXAMINE do, and a SEARCH with SAVE that ends with NO. */
    public static void clear(ImapSession session) {
        session.setAttribute(KEY, null);
    }

    /** The UIDs of the messages in it. */
    public static NumberSet uids(ImapSession session) {
        SelectedMailbox selected = session.getSelected();
        if (!(session.getAttribute(KEY) instanceof Saved saved) || saved.selected() != selected || selected == null) {
            return NumberSet.EMPTY;
        }
        View view = new View(selected, NumberSet.EMPTY);
        return NumberSet.of(saved.uids().numbers().filter(uid -> view.number(uid).isPresent()));
    }

    /** The messages in it in the form that a command wants: UIDs for the UID commands, else message numbers. */
    public static IdRange[] ranges(ImapSession session, boolean uids) {
        NumberSet saved = uids(session);
        if (uids || saved.isEmpty()) {
            return saved.toIdRanges();
        }
        View view = new View(session.getSelected(), NumberSet.EMPTY);
        return NumberSet.of(saved.numbers().mapToObj(view::number).flatMap(Optional::stream).mapToLong(Integer::longValue)).toIdRanges();
    }
}
