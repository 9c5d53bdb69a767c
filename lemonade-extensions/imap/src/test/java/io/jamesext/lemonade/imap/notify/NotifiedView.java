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
package io.jamesext.lemonade.imap.notify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client knows that applies each response it gets, and asks for nothing. */
final class NotifiedView {
    private static final Pattern COUNT = Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE)");
    private static final Pattern FETCH = Pattern.compile("\\* (\\d+) FETCH \\((.*)\\)");
    private static final Pattern UID = Pattern.compile("UID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED (\\S+)");
    private static final Pattern STATUS = Pattern.compile("\\* STATUS \"(\\S+)\" \\(MESSAGES (\\d+) .*");
    private static final long UNKNOWN = -1;

    private final List<Long> uids = new ArrayList<>();
    private final Map<Long, Set<String>> flags = new HashMap<>();
    private final Map<String, Long> messages = new HashMap<>();

    void apply(List<String> lines) {
        lines.forEach(this::apply);
    }

    private void apply(String line) {
        Matcher count = COUNT.matcher(line);
        Matcher fetch = FETCH.matcher(line);
        Matcher vanished = VANISHED.matcher(line);
        Matcher status = STATUS.matcher(line);
        if (count.matches() && count.group(2).equals("EXISTS")) {
            exists(Integer.parseInt(count.group(1)), line);
        } else if (count.matches()) {
            flags.remove(uids.remove(Integer.parseInt(count.group(1)) - 1));
        } else if (fetch.matches()) {
            fetched(Integer.parseInt(fetch.group(1)) - 1, fetch.group(2), line);
        } else if (vanished.matches()) {
            vanished(vanished.group(1), line);
        } else if (status.matches()) {
            messages.put(status.group(1), Long.parseLong(status.group(2)));
        }
    }

    private void exists(int number, String line) {
        if (number < uids.size()) {
            throw new AssertionError(line + " of " + uids.size());
        }
        while (uids.size() < number) {
            uids.add(UNKNOWN);
        }
    }

    private void fetched(int at, String items, String line) {
        Matcher uid = UID.matcher(items);
        Matcher told = FLAGS.matcher(items);
        if (at >= uids.size() || !uid.find()) {
            throw new AssertionError(line + " of " + uids);
        }
        long value = Long.parseLong(uid.group(1));
        if (uids.get(at) != UNKNOWN && uids.get(at) != value) {
            throw new AssertionError(line + ", but it was " + uids.get(at));
        }
        uids.set(at, value);
        if (told.find()) {
            flags.put(value, set(told.group(1)));
        }
    }

    private void vanished(String set, String line) {
        for (String range : set.split(",")) {
            String[] ends = range.split(":");
            for (long uid = Long.parseLong(ends[0]); uid <= Long.parseLong(ends[ends.length - 1]); uid++) {
                if (!uids.remove(uid)) {
                    throw new AssertionError(line + " of " + uids);
                }
                flags.remove(uid);
            }
        }
    }

    private static Set<String> set(String flags) {
        Set<String> set = new TreeSet<>(List.of(flags.split(" ")));
        set.removeAll(Set.of("", "\\Recent"));
        return set;
    }

    /** The messages and their flags. */
    Map<Long, Set<String>> messages() {
        Map<Long, Set<String>> known = new TreeMap<>();
        uids.forEach(uid -> known.put(uid, flags.getOrDefault(uid, Set.of("unknown"))));
        return known;
    }

    /** How many messages a mailbox has that is not selected; none where nothing was told. */
    long messages(String mailbox) {
        return messages.getOrDefault(mailbox, 0L);
    }
}
