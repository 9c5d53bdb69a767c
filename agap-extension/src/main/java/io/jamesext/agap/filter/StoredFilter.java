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
package io.jamesext.agap.filter;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.folder.Folder;
import io.jamesext.agap.folder.FolderPath;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.item.Items;
import io.jamesext.agap.item.XmlElement;
import io.jamesext.agap.item.XmlReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The filter of a FILT folder. AGAP section 2.11.6.
 *
 * @param folders where it looks; at least one, each once
 * @param rule what it looks for
 */
public record StoredFilter(ImmutableList<FolderPath> folders, Rule rule) {
    /** Each is searched by itself. */
    private static final int MAX_FOLDERS = 100;

    /** A folder that it looks into, which is there. */
    public record Place(Folder folder, FolderType type) {
    }

    /**
     * Reads a FILTER element; fails, with what is wrong, for one that cannot be stored. Whether its folders can be searched is for
     * {@link #places}.
     */
    public static StoredFilter read(String xml) {
        if (xml.length() > FilterBody.MAX_CHARACTERS) {
            throw Rules.invalid("too long");
        }
        XmlElement filter = XmlReader.read(new StringReader(xml));
        if (!filter.name().equalsIgnoreCase("FILTER") || !filter.text().isBlank()) {
            throw Rules.invalid("FILTER expected");
        }
        filter.children().forEach(child -> {
            if (!List.of("ABOUT", "FOLDERS", "RULES").contains(child.name().toUpperCase(Locale.ROOT))) {
                throw Rules.invalid("FILTER has ABOUT, FOLDERS and RULES");
            }
        });
        only(filter, "ABOUT").ifPresent(XmlRules::leaf);
        XmlElement folders = only(filter, "FOLDERS").orElseThrow(() -> Rules.invalid("FOLDERS is missing"));
        XmlElement rules = only(filter, "RULES").orElseThrow(() -> Rules.invalid("RULES is missing"));
        return new StoredFilter(paths(folders), Rules.group(false, new XmlRules().in(rules, 0)));
    }

    /** The one that a FILT folder holds, if any. */
    public static Mono<StoredFilter> of(MessageManager filters, MailboxSession session) {
        return Items.filter(filters, session)
            .flatMap(item -> item.xml().collect(Collectors.joining("\n")))
            .map(StoredFilter::read);
    }

    private static Optional<XmlElement> only(XmlElement parent, String name) {
        List<XmlElement> found = parent.children().stream().filter(child -> child.name().equalsIgnoreCase(name)).toList();
        if (found.size() > 1) {
            throw Rules.invalid(name + " comes twice");
        }
        return found.stream().findFirst();
    }

    private static ImmutableList<FolderPath> paths(XmlElement folders) {
        ImmutableList<FolderPath> paths = folders.children().stream().map(StoredFilter::path).distinct()
            .collect(ImmutableList.toImmutableList());
        if (paths.isEmpty() || paths.size() > MAX_FOLDERS || !folders.text().isBlank()) {
            throw Rules.invalid("FOLDERS has from one to " + MAX_FOLDERS + " FOLDER elements");
        }
        return paths;
    }

    private static FolderPath path(XmlElement folder) {
        String path = XmlRules.leaf(folder);
        if (!folder.name().equalsIgnoreCase("FOLDER") || !path.startsWith("/") || path.equals("/")) {
            throw Rules.invalid("FOLDER with an absolute path expected");
        }
        return FolderPath.parse(path, Optional.empty());
    }

    /** Those of its folders that are there now, in its order; fails when one of them is of a type that cannot be searched. */
    public Mono<List<Place>> places(Folders all, MailboxSession session) {
        return Flux.fromIterable(folders)
            .concatMap(path -> all.find(path, session)
                .onErrorResume(ProtocolException.class,
                    missing -> missing.failure() == Failure.NO_SUCH_MAILBOX ? Mono.empty() : Mono.error(missing)))
            .concatMap(folder -> all.type(folder, session).map(type -> new Place(folder, type)))
            .map(StoredFilter::searchable)
            .collectList();
    }

    private static Place searchable(Place place) {
        if (place.type == FolderType.FILT || place.type == FolderType.FOLD) {
            throw new ProtocolException(Failure.CONFLICT, "INVALID filter definition (FILT and FOLD folders cannot be searched)");
        }
        return place;
    }
}
