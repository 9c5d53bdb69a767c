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
package io.jamesext.ximss.reply;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * What there is and what happened in a folder. XIMSS, "Mailbox Operations", folderReport. The static methods are its modes, each
 * with the attributes that the specification gives it. Where it says that UID is absent from removed, updated and added it
 * contradicts its own descriptions of these modes and all its examples: the UID is sent.
 *
 * @param folder the folder's name
 * @param mode init, notify, removed, added, updated; empty for an answer to folderBrowse
 * @param index the place in the view
 * @param uid the message's UID
 * @param messages how many messages there are now
 * @param unseen how many of them are not Seen
 * @param rights the user's rights, where they are not all
 * @param uidValidity the mailbox's UIDVALIDITY
 * @param fields the viewer fields' values
 */
public record FolderReport(String folder, Optional<String> mode, OptionalLong index, OptionalLong uid, OptionalLong messages,
                           OptionalLong unseen, Optional<String> rights, OptionalLong uidValidity, List<Element> fields)
        implements DataMessage {
    private static final String UPDATED = "updated";
    private static final OptionalLong NONE = OptionalLong.empty();

    /** How many messages a view holds. */
    public record Totals(long messages, long unseen) {
    }

    /** Which message it is, and where in the view. */
    public record Place(long index, long uid) {
    }

    /** The folder was opened. */
    public static FolderReport init(String folder, Totals totals, Optional<String> rights, long uidValidity) {
        return new FolderReport(folder, Optional.of("init"), NONE, NONE, OptionalLong.of(totals.messages),
            OptionalLong.of(totals.unseen), rights, OptionalLong.of(uidValidity), List.of());
    }

    /** Something has changed. */
    public static FolderReport changed(String folder) {
        return new FolderReport(folder, Optional.of("notify"), NONE, NONE, NONE, NONE, Optional.empty(), NONE, List.of());
    }

    /** A message left the view. */
    public static FolderReport removed(String folder, Place place, Totals totals) {
        return at(folder, "removed", place, totals, List.of());
    }

    /** A message came into the view. */
    public static FolderReport added(String folder, Place place, Totals totals, List<Element> fields) {
        return at(folder, "added", place, totals, fields);
    }

    /** A message in the view changed. */
    public static FolderReport updated(String folder, Place place, Totals totals, List<Element> fields) {
        return at(folder, UPDATED, place, totals, fields);
    }

    /** A message as it was asked for. */
    public static FolderReport browsed(String folder, Place place, List<Element> fields) {
        return new FolderReport(folder, Optional.empty(), OptionalLong.of(place.index), OptionalLong.of(place.uid), NONE, NONE,
            Optional.empty(), NONE, fields);
    }

    private static FolderReport at(String folder, String mode, Place place, Totals totals, List<Element> fields) {
        OptionalLong messages = mode.equals(UPDATED) ? NONE : OptionalLong.of(totals.messages);
        return new FolderReport(folder, Optional.of(mode), OptionalLong.of(place.index), OptionalLong.of(place.uid), messages,
            OptionalLong.of(totals.unseen), Optional.empty(), NONE, fields);
    }

    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("folderReport").attribute("folder", folder);
        index.ifPresent(value -> writer.attribute("index", value));
        uid.ifPresent(value -> writer.attribute("UID", value));
        writer.attribute("mode", mode);
        messages.ifPresent(value -> writer.attribute("messages", value));
        unseen.ifPresent(value -> writer.attribute("unseen", value));
        writer.attribute("rights", rights);
        uidValidity.ifPresent(value -> writer.attribute("UIDValidity", value));
        fields.forEach(writer::element);
        writer.close();
    }
}
