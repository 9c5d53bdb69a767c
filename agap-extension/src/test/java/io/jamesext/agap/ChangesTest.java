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
package io.jamesext.agap;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.agap.AccountModel.FolderModel;
import io.jamesext.agap.change.Fcid;
import io.jamesext.testing.mailbox.BothBackends;

/**
 * FCIDs and XCHG against a model of the account, through random changes by James as other protocols make them and by two AGAP clients.
 * After each change the FCID of what has changed has risen, that of anything else has not, and XCHG from any earlier FCID leads to the
 * truth.
 */
@BothBackends
class ChangesTest {
    /** Each takes ten times as long on Cassandra. */
    private static final int STEPS = System.getProperty("jamesext.backend", "memory").equals("memory") ? 60 : 30;

    @TempDir
    static Path folder;

    private AgapTestServer server;
    private AgapClient client;
    private AccountModel model;
    /** What each folder was at each of its FCIDs, by mailbox. */
    private final Map<String, TreeMap<String, FolderModel>> history = new HashMap<>();
    private final Map<String, String> highestOfPath = new HashMap<>();
    private String step = "";

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder);
        client = new AgapClient(server.connect());
        client.logIn();
        model = new AccountModel(server.james(), ALICE);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyChangeShouldBeToldAndNothingElse(long seed) throws Exception {
        Random random = new Random(seed);
        try (AccountChanges changes = new AccountChanges(server, model, random)) {
            Map<String, FolderModel> before = model.read();
            Map<String, String> fcids = fcids(before);
            remember(before, fcids);
            for (int i = 0; i < STEPS; i++) {
                step = "seed " + seed + " step " + i + " " + changes.make();
                Map<String, FolderModel> after = model.read();
                Map<String, String> later = risen(before, after, fcids);
                remember(after, later);
                replay(after, later, random);
                before = after;
                fcids = later;
            }
        }
    }

    /** The FCIDs by mailbox, the root's under the empty name. */
    private Map<String, String> fcids(Map<String, FolderModel> folders) throws IOException {
        Map<String, String> byPath = new HashMap<>();
        List<String> told = client.command("CHNG");
        told.subList(0, told.size() - 1).forEach(line -> byPath.put(line.substring(2 + Fcid.LENGTH), line.substring(1, 1 + Fcid.LENGTH)));
        assertThat(byPath.keySet()).as(step).containsExactlyInAnyOrderElementsOf(paths(folders));
        Map<String, String> fcids = new HashMap<>();
        folders.forEach((id, found) -> fcids.put(id, byPath.get(found.path())));
        fcids.put("", byPath.get("/"));
        byPath.forEach((path, fcid) -> assertThat(fcid).as(step + ": " + path)
            .isGreaterThanOrEqualTo(highestOfPath.getOrDefault(path, "")));
        highestOfPath.putAll(byPath);
        return fcids;
    }

    private static List<String> paths(Map<String, FolderModel> folders) {
        List<String> paths = new ArrayList<>(folders.values().stream().map(FolderModel::path).toList());
        paths.add("/");
        return paths;
    }

    /** Events may come a moment later: asks until all that must rise has risen. */
    private Map<String, String> risen(Map<String, FolderModel> before, Map<String, FolderModel> after, Map<String, String> fcids)
            throws Exception {
        TreeSet<String> changed = AccountModel.changed(before, after);
        long end = System.nanoTime() + 20_000_000_000L;
        while (true) {
            try {
                Map<String, String> now = fcids(after);
                changed.forEach(id -> assertThat(now.get(id)).as(step + ": must rise: " + id).isGreaterThan(fcids.get(id)));
                before.forEach((id, folder) -> Optional.ofNullable(after.get(id))
                    .filter(same -> !changed.contains(id) && same.path().equals(folder.path()))
                    .ifPresent(same -> assertThat(now.get(id)).as(step + ": must stay: " + same).isEqualTo(fcids.get(id))));
                return now;
            } catch (AssertionError late) {
                if (System.nanoTime() > end) {
                    throw late;
                }
                Thread.onSpinWait();
            }
        }
    }

    private void remember(Map<String, FolderModel> folders, Map<String, String> fcids) {
        folders.forEach((id, found) -> history.computeIfAbsent(id, any -> new TreeMap<>()).put(fcids.get(id), found));
    }

    /** Goes from some earlier state of each folder to the present one by what XCHG says. */
    private void replay(Map<String, FolderModel> folders, Map<String, String> fcids, Random random) throws Exception {
        for (Map.Entry<String, FolderModel> entry : folders.entrySet()) {
            String now = Objects.requireNonNull(fcids.get(entry.getKey()));
            List<Map.Entry<String, FolderModel>> known = List.copyOf(Objects.requireNonNull(history.get(entry.getKey())).entrySet());
            Map.Entry<String, FolderModel> since = known.get(random.nextInt(known.size()));
            if (!since.getKey().equals(now)) {
                replay(since.getKey(), since.getValue(), entry.getValue(), now);
            }
        }
    }

    private void replay(String since, FolderModel then, FolderModel there, String now) throws Exception {
        String what = step + ": XCHG " + since + " in " + there;
        assertThat(client.command("SLCT " + there.path())).as(what).containsExactly("200 OK Folder selected");
        List<String> told = client.command("XCHG " + since);
        if (!since.substring(0, 8).equals(now.substring(0, 8))) {
            assertThat(told).as(what).singleElement().asString().startsWith("511 ");
            return;
        }
        assertThat(told).as(what).startsWith(".=" + now).endsWith("200 OK XCHG completed");
        TreeMap<String, String> items = new TreeMap<>(then.items());
        for (String line : told.subList(1, told.size() - 1)) {
            String uid = line.substring(2);
            switch (line.charAt(1)) {
                case '-' -> assertThat(items.remove(uid)).as(what + line).isNotNull();
                case '+' -> assertThat(items.put(uid, there.items().getOrDefault(uid, "not there"))).as(what + line).isNull();
                case '*' -> assertThat(items.put(uid, there.items().getOrDefault(uid, "not there"))).as(what + line).isNotNull();
                default -> throw new AssertionError(what + line);
            }
        }
        assertThat(items).as(what + told).isEqualTo(there.items());
    }
}
