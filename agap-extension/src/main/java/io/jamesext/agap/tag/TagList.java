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
package io.jamesext.agap.tag;

import java.util.Map;
import java.util.TreeMap;

import javax.mail.Flags;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** What to do with the tags of an item. AGAP section 4.2: {@code ACTION TAG TAG=VALUE ...}. */
public record TagList(Action action, ImmutableList<Tag> tags) {
    /** The first word of a tag list. */
    public enum Action {
        /** {@code =}: only these tags remain. */
        SET,
        /** {@code +}: these are added; a new value replaces the old one. */
        ADD,
        /** {@code -}: these go. */
        DELETE
    }

    /** Reads the rest of a command. {@code =} alone takes all tags away; the other two need a tag. */
    public static TagList parse(LineReader arguments) {
        Action action = switch (arguments.expectAtom("tag list")) {
            case "=" -> Action.SET;
            case "+" -> Action.ADD;
            case "-" -> Action.DELETE;
            default -> throw invalid();
        };
        ImmutableList.Builder<Tag> tags = ImmutableList.builder();
        while (!arguments.atEnd()) {
            tags.add(Tag.parse(arguments.expectAtom("tag"))
                .filter(tag -> !tag.name().equals(Tag.NEW))
                .orElseThrow(TagList::invalid));
        }
        TagList list = new TagList(action, tags.build());
        if (action != Action.SET && list.tags.isEmpty()) {
            throw invalid();
        }
        return list;
    }

    /** The tags of an item that had these. {@code - TAG} takes the tag with any value, {@code - TAG=value} only with that one. */
    public Map<String, Tag> appliedTo(Map<String, Tag> before) {
        TreeMap<String, Tag> after = action == Action.SET ? new TreeMap<>() : new TreeMap<>(before);
        for (Tag tag : tags) {
            if (action != Action.DELETE) {
                after.put(tag.name(), tag);
            } else if (tag.value().isEmpty() || tag.equals(after.get(tag.name()))) {
                after.remove(tag.name());
            }
        }
        return after;
    }

    /** The flags that every item gets, or loses with {@link Action#DELETE}, whatever its tags were. */
    Flags unconditional() {
        Flags flags = new Flags();
        tags.stream().filter(tag -> action != Action.DELETE || tag.value().isEmpty()).forEach(tag -> flags.add(Tags.flags(tag)));
        return flags;
    }

    private static ProtocolException invalid() {
        return new ProtocolException(Failure.SYNTAX, "INVALID tag list");
    }
}
