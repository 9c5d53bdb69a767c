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
package io.jamesext.opensearch;

import java.util.ArrayList;
import java.util.List;

import org.apache.james.mailbox.model.SearchQuery;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.SortOptions;
import org.opensearch.client.opensearch._types.SortOrder;

/**
 * RFC 5256 section 3: the sort clauses in the order given, then by mailbox position. The contract of James differs from the RFC twice, and
 * its tests are followed: a message without the field comes last (the RFC: first), and FROM, TO and CC compare the whole address (the RFC:
 * its local part).
 */
final class Sorts {
    private Sorts() {
    }

    static List<SortOptions> of(List<SearchQuery.Sort> sorts) {
        List<SortOptions> options = new ArrayList<>();
        sorts.forEach(sort -> options.add(option(field(sort.getSortClause()), sort.isReverse())));
        if (sorts.stream().noneMatch(sort -> sort.getSortClause() == SearchQuery.Sort.SortClause.Uid)) {
            options.add(option("uid", false));
        }
        options.add(option("mailboxId", false));
        return options;
    }

    private static SortOptions option(String field, boolean reverse) {
        return SortOptions.of(options -> options.field(sort -> sort.field(field).order(reverse ? SortOrder.Desc : SortOrder.Asc)
            .missing(FieldValue.of(reverse ? "_first" : "_last"))));
    }

    private static String field(SearchQuery.Sort.SortClause clause) {
        return switch (clause) {
            case Arrival -> "internalDate";
            case MailboxCc -> "sort.cc";
            case MailboxFrom -> "sort.from";
            case MailboxTo -> "sort.to";
            case BaseSubject -> "sort.subject";
            case Size -> "size";
            case SentDate -> "sentDate";
            case Uid -> "uid";
            case Id -> "messageId";
        };
    }
}
