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
package io.jamesext.lemonade.imap.context;

import org.apache.james.imap.api.Tag;

import io.jamesext.lemonade.imap.search.ReturnOptions;
import io.jamesext.lemonade.imap.search.SearchKey;
import io.jamesext.lemonade.imap.search.View;

/**
 * A searching command: SEARCH, UID SEARCH, SORT or UID SORT. RFC 5267 section 4.1.
 *
 * @param uids whether it is answered in UIDs
 */
public record Call(Tag tag, SearchKey program, ReturnOptions options, boolean uids, Order order) {
    /** The same with another program. */
    Call of(SearchKey other) {
        return new Call(tag, other, options, uids, order);
    }

    /** With the program as it is to mean the same from now on. RFC 5267 section 4.3. */
    Call frozen(View view) {
        return new Call(tag, view.freeze(program), options, uids, order);
    }
}
