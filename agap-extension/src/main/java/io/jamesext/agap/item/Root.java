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
package io.jamesext.agap.item;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.jamesext.agap.folder.FolderType;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The ten roots of items' XML, the folders that take them, and what must be in them. AGAP section 2.11. */
enum Root {
    /** Section 2.11.2. */
    VEVENT(PropertySchema::component, FolderType.CALE),
    /** Sections 2.11.2 and 2.11.10: an item of its own beside its event or task. */
    VALARM(PropertySchema::alarm, FolderType.CALE, FolderType.TASK),
    /** Section 2.11.3. */
    CONFIGURATION(ItemSchema::configuration, FolderType.CONF),
    /** Section 2.11.4. */
    VCARD(PropertySchema::card, FolderType.ADDR),
    /** Section 2.11.5. */
    FILE(ItemSchema::file, FolderType.FILE),
    /** Section 2.11.6. */
    FILTER(ItemSchema::filter, FolderType.FILT),
    /** Section 2.11.7. */
    VJOURNAL(PropertySchema::component, FolderType.JRNL),
    /** Section 2.11.8. */
    MESSAGE(ItemSchema::message, FolderType.MESG),
    /** Section 2.11.9. */
    NOTE(ItemSchema::note, FolderType.NOTE),
    /** Section 2.11.10. */
    VTODO(PropertySchema::component, FolderType.TASK);

    private final Consumer<XmlElement> schema;
    private final Set<FolderType> types;

    Root(Consumer<XmlElement> schema, FolderType... types) {
        this.schema = schema;
        this.types = Set.of(types);
    }

    /** The root of an element's name. */
    static Optional<Root> of(XmlElement element) {
        return Arrays.stream(values()).filter(root -> root.name().equals(element.name())).findFirst();
    }

    /**
     * The root of an item that a folder of this type takes.
     *
     * @throws ProtocolException when the folder takes no such item, or it is not as the draft says: section 4.39, 511
     */
    static Root check(XmlElement item, FolderType type) {
        Root root = of(item).filter(known -> known.types.contains(type))
            .orElseThrow(() -> refused("a " + type + " folder holds no such item"));
        ItemSchema.texts(item);
        root.schema.accept(item);
        return root;
    }

    /**
     * True where white space at the ends of a leaf is layout: of properties that are no prose. Figures 5, 21 and 153 have UIDs and octets
     * on lines of their own.
     */
    boolean layOut(String leaf) {
        return switch (this) {
            case VCARD -> !CardXml.PROSE.contains(leaf);
            case VEVENT, VALARM, VJOURNAL, VTODO -> !CalendarXml.PROSE.contains(leaf);
            case CONFIGURATION, FILE, FILTER, MESSAGE, NOTE -> false;
        };
    }

    /** The refusal of an item. */
    static ProtocolException refused(String why) {
        return new ProtocolException(Failure.SYNTAX, "Cannot store it, " + why);
    }
}
