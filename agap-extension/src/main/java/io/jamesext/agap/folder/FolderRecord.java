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
package io.jamesext.agap.folder;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is stored for a folder's FCID and UCID.
 *
 * @param structure the part of the FCID that James does not count
 * @param renumbered the UCID
 * @param uidValidity James's UIDVALIDITY that the UCID stands for
 * @param looks what the folder looked like when {@code structure} was raised last
 */
record FolderRecord(long structure, long renumbered, long uidValidity, String looks) {
    private static final Pattern FORM = Pattern.compile("1 (\\d{1,15}) (\\d{1,15}) (-?\\d{1,18}) (\\S{1,64})");

    static FolderRecord first(String looks, long uidValidity, long nowMillis) {
        return new FolderRecord(nowMillis, nowMillis, uidValidity, looks);
    }

    static Optional<FolderRecord> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
            ? Optional.of(new FolderRecord(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), Long.parseLong(form.group(3)),
                form.group(4)))
            : Optional.empty();
    }

    /** The record after the folder was seen like this. */
    FolderRecord seen(String looksNow, long uidValidityNow, long nowMillis) {
        return new FolderRecord(
            looksNow.equals(looks) ? structure : Math.max(structure + 1, nowMillis),
            uidValidityNow == uidValidity ? renumbered : Math.max(renumbered + 1, nowMillis),
            uidValidityNow, looksNow);
    }

    @Override
    public String toString() {
        return "1 " + structure + " " + renumbered + " " + uidValidity + " " + looks;
    }
}
