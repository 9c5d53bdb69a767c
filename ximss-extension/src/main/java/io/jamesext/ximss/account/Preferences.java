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
package io.jamesext.ximss.account;

import java.time.ZoneId;
import java.util.Map;

import org.apache.james.core.Username;

import com.google.common.collect.ImmutableSortedMap;

import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.UserSettings.Kind;
import reactor.core.publisher.Mono;

/**
 * What users prefer, by name. The text names DeleteMode and TrashBox ("Mailbox Operations", messageRemove), Language ("Service Operations",
 * readStrings) and a time zone; clients keep others of their own here.
 */
public final class Preferences {
    /** How messageRemove removes: {@link #MOVE_TO_TRASH}, {@link #IMMEDIATELY} or {@link #MARK}. */
    public static final String DELETE_MODE = "DeleteMode";
    /** A value of {@link #DELETE_MODE}. */
    public static final String MOVE_TO_TRASH = "Move To Trash";
    /** A value of {@link #DELETE_MODE}. */
    public static final String IMMEDIATELY = "Immediately";
    /** A value of {@link #DELETE_MODE}. */
    public static final String MARK = "Mark";
    /** The name of the mailbox that is the trash. */
    public static final String TRASH_BOX = "TrashBox";
    /** That of who has not said another. */
    public static final String TRASH = "Trash";
    /** The zone of all local times, as listKnownValues lists it. */
    public static final String TIME_ZONE = "TimeZone";
    /** The language of readStrings. */
    public static final String LANGUAGE = "Language";
    private static final String ENGLISH = "English";

    private final UserSettings settings;
    private final ZoneId serverZone;

    /** With the zone of who prefers none. */
    public Preferences(UserSettings settings, ZoneId serverZone) {
        this.settings = settings;
        this.serverZone = serverZone;
    }

    /** The zone of a user's local times. */
    public Mono<ZoneId> zone(Username user) {
        return settings.find(user, Kind.PREFERENCE, TIME_ZONE)
            // What could be stored once stays good, unless the JDK forgets a zone.
            .filter(ZoneId.getAvailableZoneIds()::contains)
            .map(ZoneId::of)
            .defaultIfEmpty(serverZone);
    }

    /** What the user has chosen, as {@link PreferenceValue} writes it. */
    public Mono<Map<String, String>> chosen(Username user) {
        return settings.all(user, Kind.PREFERENCE);
    }

    /** What holds for who has chosen nothing. */
    public Map<String, String> defaults() {
        return ImmutableSortedMap.of(DELETE_MODE, MOVE_TO_TRASH, TRASH_BOX, TRASH, TIME_ZONE, serverZone.getId(), LANGUAGE, ENGLISH);
    }

    /** Keeps a choice. */
    public Mono<Void> choose(Username user, String name, String value) {
        return settings.put(user, Kind.PREFERENCE, name, value);
    }

    /** Goes back to the default. */
    public Mono<Void> forget(Username user, String name) {
        return settings.remove(user, Kind.PREFERENCE, name);
    }
}
