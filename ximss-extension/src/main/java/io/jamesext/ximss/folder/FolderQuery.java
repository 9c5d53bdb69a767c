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
package io.jamesext.ximss.folder;

import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.model.SearchQuery.Criterion;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.FolderView.Item;
import io.jamesext.ximss.xml.Element;

/**
 * Which messages a folder shows, in which order, and with which fields: the attributes and body of folderOpen. XIMSS, "Mailbox
 * Operations".
 *
 * @param sortField UID when the client names none
 * @param descending true for sortOrder=desc
 * @param filter which messages; empty for all
 * @param uids the filter on UIDs
 * @param fields the viewer fields
 */
public record FolderQuery(ViewerField sortField, boolean descending, Optional<MessageFilter> filter, Optional<UidFilter> uids,
                          List<ViewerField> fields) {
    /** Each is read for each message that is browsed. */
    private static final int MAX_FIELDS = 64;

    /** The messages from a UID on, as long as UIDs mean what they meant when the client saw them. */
    public record UidFilter(long uidValidity, long uidMin) {
    }

    /**
     * Reads the attributes and the field elements.
     *
     * @throws ProtocolException for what is not possible
     */
    public static FolderQuery parse(Element element) {
        FolderQuery query = parseAgain(element);
        if (query.fields.isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "from one to " + MAX_FIELDS + " field elements are needed");
        }
        return query;
    }

    /** The same of folderReopen, where no field elements mean the fields that the folder has. */
    public static FolderQuery parseAgain(Element element) {
        return new FolderQuery(new ViewerField(element.attribute("sortField").orElse("UID")),
            element.attribute("sortOrder").equals(Optional.of("desc")), MessageFilter.parse(element), uidFilter(element), fields(element));
    }

    /** With the fields of another one, if it has none of its own. */
    FolderQuery orFieldsOf(FolderQuery other) {
        return fields.isEmpty() ? new FolderQuery(sortField, descending, filter, uids, other.fields) : this;
    }

    /** How much has to be read of each message to know whether and where it is in the view. */
    public ViewerField.Cost cost() {
        return filter.map(MessageFilter::cost).filter(cost -> cost.compareTo(sortField.cost()) > 0).orElseGet(sortField::cost);
    }

    /** How much has to be read of a message to show it. */
    public ViewerField.Cost browseCost() {
        return fields.stream().map(ViewerField::cost).max(Enum::compareTo).orElse(ViewerField.Cost.VIEW);
    }

    /** True when the message is in the view. */
    boolean includes(Item item, ViewerField.Details details) {
        return filter.map(wanted -> wanted.includes(item, details)).orElse(true);
    }

    /** What a search finds the messages of the view by, and perhaps others. */
    Optional<Criterion> narrowing() {
        return filter.flatMap(MessageFilter::narrowing);
    }

    /** The least UID in the view, for a mailbox with this UIDVALIDITY. */
    long uidMin(long uidValidity) {
        return uids.filter(wanted -> wanted.uidValidity == uidValidity).map(UidFilter::uidMin).orElse(1L);
    }

    private static Optional<UidFilter> uidFilter(Element element) {
        return element.number("UIDValidity").flatMap(validity -> element.number("UIDMin").map(min -> new UidFilter(validity, min)));
    }

    private static List<ViewerField> fields(Element element) {
        List<ViewerField> fields = element.elements("field").limit(MAX_FIELDS + 1L)
            .map(field -> new ViewerField(field.text().strip()))
            .collect(ImmutableList.toImmutableList());
        if (fields.size() > MAX_FIELDS) {
            throw new ProtocolException(Failure.SYNTAX, "from one to " + MAX_FIELDS + " field elements are needed");
        }
        return fields;
    }
}
