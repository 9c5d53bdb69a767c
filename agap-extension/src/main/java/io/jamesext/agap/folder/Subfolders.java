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

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.google.common.hash.Hashing;

/**
 * For each folder a short text that is another one when its direct subfolders or their names are. Made once for all folders of the
 * account, so that CHNG does not go through all of them for each of them.
 *
 * @param looks without those that have no subfolders
 */
public record Subfolders(Map<FolderPath, String> looks) {
    private static final String NONE = look(List.of());

    /** Of these folders, which must be all of the account's. */
    public static Subfolders of(List<Folder> all) {
        return new Subfolders(all.stream().collect(groupingBy(folder -> folder.path().parent(),
            mapping(folder -> folder.id().serialize() + " " + folder.path().name(), collectingAndThen(toList(), Subfolders::look)))));
    }

    String look(FolderPath parent) {
        return looks.getOrDefault(parent, NONE);
    }

    private static String look(List<String> subfolders) {
        String listed = String.join("\n", subfolders.stream().sorted().toList());
        return Hashing.sha256().hashString(listed, StandardCharsets.UTF_8).toString().substring(0, 16) + "-";
    }
}
