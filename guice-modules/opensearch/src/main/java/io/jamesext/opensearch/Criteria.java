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
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.mail.Flags.Flag;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.UnsupportedSearchException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.query_dsl.Query;

/** Translates James's criteria, in the order of {@link SearchQuery}, into a query on {@code mailbox-index.json}. */
final class Criteria {
    private static final List<String> BODY = List.of("textBody", "htmlBody");
    private static final List<String> ATTACHMENTS = List.of("attachments.text");
    private static final List<String> EVERYWHERE = List.of("textBody", "htmlBody", "attachments.text");

    private static final String HEADERS = "headers";
    /** A pseudo header field that is there when all of the message is in the index. */
    private static final String IS_WHOLE = " whole";
    /**
     * Pseudo header fields, which James's search has no criteria for: a string anywhere in the texts, or in the texts and the header, as
     * BODY and TEXT of RFC 3501 section 6.4.4 want it. The Lemonade listener asks for them.
     */
    private static final Map<String, List<String>> PLACES = Map.of(" texts", List.of("texts"), " anywhere", List.of("texts", HEADERS));

    private final Set<MessageUid> recent;

    private Criteria(Set<MessageUid> recent) {
        this.recent = recent;
    }

    static Query query(Collection<MailboxId> mailboxes, SearchQuery search) throws UnsupportedSearchException {
        List<FieldValue> ids = mailboxes.stream().map(id -> FieldValue.of(id.serialize())).toList();
        Query criteria = isEmptyUidSet(search) ? Queries.everything()
            : Queries.all(new Criteria(search.getRecentMessageUids()).queries(search.getCriteria()));
        return Queries.all(List.of(Queries.isOneOf("mailboxId", ids), criteria));
    }

    /** The contract of James wants a search for no UID range, alone, to find all; within other criteria no UID is in no range. */
    static boolean isEmptyUidSet(SearchQuery search) {
        return search.getCriteria().size() == 1
            && search.getCriteria().get(0) instanceof SearchQuery.UidCriterion uids && uids.getOperator().getRange().length == 0;
    }

    private List<Query> queries(List<Criterion> criteria) throws UnsupportedSearchException {
        List<Query> queries = new ArrayList<>();
        for (Criterion criterion : criteria) {
            queries.add(query(criterion));
        }
        return queries;
    }

    private Query query(Criterion criterion) throws UnsupportedSearchException {
        if (criterion instanceof SearchQuery.AllCriterion) {
            return Queries.everything();
        } else if (criterion instanceof SearchQuery.ConjunctionCriterion conjunction) {
            List<Query> parts = queries(conjunction.getCriteria());
            return switch (conjunction.getType()) {
                case AND -> Queries.all(parts);
                case OR -> Queries.any(parts);
                case NOR -> Queries.none(parts);
            };
        } else if (criterion instanceof SearchQuery.TextCriterion text) {
            return text(text.getType(), text.getOperator().getValue());
        } else if (criterion instanceof SearchQuery.SubjectCriterion subject) {
            return Queries.header("subject", subject.getSubject());
        } else if (criterion instanceof SearchQuery.HeaderCriterion header) {
            return header(header);
        } else if (criterion instanceof SearchQuery.AttachmentCriterion attachment) {
            return Queries.is("hasAttachment", attachment.getOperator().isSet());
        }
        return metadata(criterion);
    }

    private Query metadata(Criterion criterion) throws UnsupportedSearchException {
        if (criterion instanceof SearchQuery.UidCriterion uid) {
            return uids(uid.getOperator().getRange());
        } else if (criterion instanceof SearchQuery.FlagCriterion flag) {
            return flag.getOperator().isSet() ? flag(flag.getFlag()) : Queries.not(flag(flag.getFlag()));
        } else if (criterion instanceof SearchQuery.CustomFlagCriterion flag) {
            Query set = Queries.is("userFlags", flag.getFlag());
            return flag.getOperator().isSet() ? set : Queries.not(set);
        } else if (criterion instanceof SearchQuery.ModSeqCriterion modSeq) {
            return number("modSeq", modSeq.getOperator());
        } else if (criterion instanceof SearchQuery.SizeCriterion size) {
            return number("size", size.getOperator());
        } else if (criterion instanceof SearchQuery.InternalDateCriterion date) {
            return Days.of(date.getOperator()).instants("internalDate");
        } else if (criterion instanceof SearchQuery.SaveDateCriterion date) {
            return Days.of(date.getOperator()).instants("saveDate");
        } else if (criterion instanceof SearchQuery.MessageIdCriterion id) {
            return Queries.is("messageId", id.getMessageId().serialize());
        } else if (criterion instanceof SearchQuery.ThreadIdCriterion id) {
            return Queries.is("threadId", id.getThreadId().serialize());
        } else if (criterion instanceof SearchQuery.MimeMessageIDCriterion id) {
            return Queries.is("mimeMessageId", id.getMessageID());
        }
        throw new UnsupportedSearchException();
    }

    /**
     * RFC 3501 section 6.4.4, TEXT: "in the header or body of the message". James's contract wants of text that some of the words are
     * enough, and that words which many headers have do not count: so the header is searched for the string as it stands.
     */
    private static Query text(SearchQuery.Scope scope, String value) {
        return switch (scope) {
            case BODY -> Queries.words(value, BODY);
            case FULL -> Queries.any(List.of(Queries.words(value, EVERYWHERE), Queries.containsFolded(HEADERS, value)));
            case ATTACHMENTS -> Queries.words(value, ATTACHMENTS);
            case ATTACHMENT_FILE_NAME -> Queries.contains("attachments.fileName", value);
        };
    }

    private static Query header(SearchQuery.HeaderCriterion header) throws UnsupportedSearchException {
        if (header.getOperator() instanceof SearchQuery.DateOperator date) {
            return Days.of(date).sent();
        } else if (header.getOperator() instanceof SearchQuery.AddressOperator address) {
            return Queries.header(header.getHeaderName(), address.getAddress());
        } else if (header.getOperator() instanceof SearchQuery.ContainsOperator contains) {
            List<String> places = PLACES.get(header.getHeaderName());
            return places == null ? Queries.header(header.getHeaderName(), contains.getValue())
                : Queries.any(places.stream().map(place -> Queries.containsFolded(place, contains.getValue())).toList());
        } else if (header.getOperator() instanceof SearchQuery.ExistsOperator) {
            return header.getHeaderName().equals(IS_WHOLE) ? Queries.is("whole", true) : Queries.header(header.getHeaderName(), "");
        }
        throw new UnsupportedSearchException();
    }

    /** RFC 3501 section 2.3.2: \Recent belongs to a session, which names its recent messages; without a session the store's mark counts. */
    private Query flag(Flag flag) {
        if (flag.equals(Flag.RECENT) && !recent.isEmpty()) {
            return Queries.isOneOf("uid", recent.stream().map(uid -> FieldValue.of(uid.asLong())).toList());
        }
        return Queries.is("flags", SystemFlags.name(flag));
    }

    private static Query uids(SearchQuery.UidRange[] ranges) {
        List<FieldValue> single = Arrays.stream(ranges).filter(range -> range.getLowValue().equals(range.getHighValue()))
            .map(range -> FieldValue.of(range.getLowValue().asLong())).toList();
        List<Query> parts = new ArrayList<>();
        if (!single.isEmpty()) {
            parts.add(Queries.isOneOf("uid", single));
        }
        Arrays.stream(ranges).filter(range -> !range.getLowValue().equals(range.getHighValue()))
            .map(range -> Queries.between("uid", range.getLowValue().asLong(), range.getHighValue().asLong())).forEach(parts::add);
        return Queries.any(parts);
    }

    private static Query number(String field, SearchQuery.NumericOperator operator) {
        long value = operator.getValue();
        return switch (operator.getType()) {
            case EQUALS -> Queries.between(field, value, value);
            case GREATER_THAN -> Queries.above(field, value);
            case LESS_THAN -> Queries.below(field, value);
        };
    }
}
