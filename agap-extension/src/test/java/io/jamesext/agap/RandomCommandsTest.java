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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.agap.CommandModel.Item;
import io.jamesext.agap.wire.Base62;
import io.jamesext.testing.mailbox.BothBackends;

/**
 * Random commands of a client beside a model of what they do. After each one the user's mailboxes, as James's IMAP server would show
 * them, are the model.
 */
@BothBackends
class RandomCommandsTest {
    /** Each takes ten times as long on Cassandra. */
    private static final int COMMANDS = System.getProperty("jamesext.backend", "memory").equals("memory") ? 60 : 30;
    private static final List<String> TAGS = List.of("SEEN", "ANSWERED", "SPAM", "A", "FLAG=RED", "FLAG=red", "FLAG");

    @TempDir
    static Path folder;

    private AgapTestServer server;
    private AgapClient client;
    private Random random = new Random();
    private CommandModel model = new CommandModel(random);
    private String selected = "/T";
    private int subjects;

    /** A filter, as AGAP writes it and as the model knows it. */
    private record Filter(String text, Predicate<Item> matches) {
    }

    @BeforeEach
    void start() throws Exception {
        server = AgapTestServer.open(folder);
        client = new AgapClient(server.connect());
        client.logIn();
        ok(client.command("MAKE MESG /T"));
        select("/T");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mailboxesShouldBeTheModel(long seed) throws Exception {
        random = new Random(seed);
        model = new CommandModel(random);
        for (int i = 0; i < COMMANDS; i++) {
            String command = step();
            compare("seed " + seed + ", command " + i + ": " + command);
        }
    }

    private String step() throws Exception {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> store();
            case 3 -> make();
            case 4, 5 -> select(model.anyFolder());
            case 6 -> tagOne();
            case 7 -> one("COPY", false);
            case 8 -> one("MOVE", true);
            case 9 -> deleteOne();
            case 10 -> whole();
            case 11 -> many();
            case 12 -> tagMany();
            default -> random.nextBoolean() ? rename() : deleteFolder();
        };
    }

    private String store() throws Exception {
        String subject = "s" + subjects++;
        assertThat(client.command("STOR").get(0)).startsWith("110 ");
        String xml = model.type(selected).equals("NOTE")
            ? "<NOTE><SUBJECT>" + subject + "</SUBJECT><CONTENT>text</CONTENT></NOTE>"
            : "<MESSAGE><HEADER><subject>" + subject + "</subject></HEADER><TEXT>text</TEXT></MESSAGE>";
        ok(client.command(xml + "\r\n"));
        String uid = client.command("SUID").get(0).substring(1);
        assertThat(model.items(selected)).allMatch(older -> Base62.ORDER.compare(older.uid(), uid) < 0);
        model.store(selected, new Item(uid, subject, new TreeSet<>()));
        return "STOR " + subject;
    }

    private String make() throws Exception {
        String path = model.anyFolder() + "/f" + random.nextInt(4);
        String type = random.nextInt(3) == 0 ? "NOTE" : "MESG";
        List<String> response = client.command("MAKE " + type + " " + path);
        if (model.has(path)) {
            refused(response);
        } else {
            ok(response);
            model.make(path, type);
        }
        return "MAKE " + path;
    }

    private String select(String path) throws Exception {
        ok(client.command("SLCT " + path));
        selected = path;
        return "SLCT " + path;
    }

    private String tagOne() throws Exception {
        List<String> tags = tags();
        String action = model.any(List.of("=", "+", "-"));
        if (model.items(selected).isEmpty()) {
            refused(client.command("STAG 00000001 " + action + " " + String.join(" ", tags)));
            return "STAG";
        }
        Item item = model.any(model.items(selected));
        ok(client.command("STAG " + item.uid() + " " + action + " " + String.join(" ", tags)));
        CommandModel.tag(item, action, tags);
        return "STAG " + item + action + tags;
    }

    private List<String> tags() {
        return List.of(model.any(TAGS.subList(0, 4)), model.any(TAGS.subList(4, TAGS.size())));
    }

    private String one(String command, boolean moves) throws Exception {
        String target = model.anyFolder();
        if (model.items(selected).isEmpty()) {
            refused(client.command(command + " 00000001 " + target));
            return command;
        }
        Item item = model.any(model.items(selected));
        List<String> response = client.command(command + " " + item.uid() + " " + target);
        return transferred(command + " " + item, response, target, item::equals, moves);
    }

    private String transferred(String command, List<String> response, String target, Predicate<Item> which, boolean moves) {
        if (target.equals(selected) || !model.type(target).equals(model.type(selected))) {
            refused(response);
        } else {
            ok(response);
            model.copy(selected, target, which);
            if (moves) {
                model.remove(selected, which);
            }
        }
        return command + " " + target;
    }

    private String deleteOne() throws Exception {
        if (model.items(selected).isEmpty()) {
            refused(client.command("DELE 00000001"));
            return "DELE";
        }
        Item item = model.any(model.items(selected));
        ok(client.command("DELE " + item.uid()));
        model.remove(selected, item::equals);
        refused(client.command("GTAG " + item.uid()));
        return "DELE " + item;
    }

    private String whole() throws Exception {
        String target = model.anyFolder();
        boolean moves = random.nextBoolean();
        String command = (moves ? "MOVF " : "CPYF ") + target;
        return transferred(command, client.command(command), target, item -> true, moves);
    }

    private String many() throws Exception {
        Filter filter = filter();
        String target = model.anyFolder();
        String command = model.any(List.of("FCPY", "FMOV", "FDEL"));
        List<String> asked = client.command(command.equals("FDEL") ? command : command + " " + target);
        if (!asked.get(0).startsWith("110 ")) {
            return transferred(command, asked, target, item -> false, false);
        }
        List<String> response = client.command(filter.text + "\r\n");
        if (command.equals("FDEL")) {
            ok(response);
            model.remove(selected, filter.matches);
            return command + " " + filter.text;
        }
        return transferred(command + " " + filter.text, response, target, filter.matches, command.equals("FMOV"));
    }

    private String tagMany() throws Exception {
        Filter filter = filter();
        List<String> tags = tags();
        assertThat(client.command("FTAG + " + String.join(" ", tags)).get(0)).startsWith("110 ");
        ok(client.command(filter.text + "\r\n"));
        model.matching(selected, filter.matches).forEach(item -> CommandModel.tag(item, "+", tags));
        return "FTAG " + tags + " " + filter.text;
    }

    private Filter filter() {
        String tag = model.any(TAGS);
        Predicate<Item> tagged = item -> item.tags().contains(tag)
            || !tag.contains("=") && item.tags().stream().anyMatch(other -> other.startsWith(tag + "="));
        String last = "s" + random.nextInt(subjects + 1);
        return model.any(List.of(
            new Filter("TAG " + tag, tagged),
            new Filter("NOT TAG " + tag, tagged.negate()),
            new Filter(subject("IS", "'" + last + "'"), item -> item.subject().equals(last)),
            new Filter("OR TAG " + tag + " " + subject("REGEX", "'[0-4]$'"), tagged.or(item -> item.subject().matches(".*[0-4]")))));
    }

    /** The one or the other leaf is there, by the folder's type. */
    private static String subject(String rule, String wanted) {
        return "OR (" + rule + " /MESSAGE/HEADER/subject = " + wanted + " " + rule + " /NOTE/SUBJECT = " + wanted + ")";
    }

    private String rename() throws Exception {
        String name = "f" + random.nextInt(4);
        String path = selected.substring(0, selected.lastIndexOf('/') + 1) + name;
        if (selected.lastIndexOf('/') == 0) {
            return "nothing";
        }
        List<String> response = client.command("NAME " + name);
        if (model.has(path) && !path.equals(selected)) {
            refused(response);
        } else if (!path.equals(selected)) {
            ok(response);
            model.rename(selected, path);
            selected = path;
        }
        return "NAME " + path;
    }

    private String deleteFolder() throws Exception {
        String deleted = selected;
        if (deleted.lastIndexOf('/') > 0) {
            ok(client.command("DELF"));
            model.delete(deleted);
            select(model.anyFolder());
        }
        return "DELF " + deleted;
    }

    private static void ok(List<String> response) {
        assertThat(response.get(response.size() - 1)).startsWith("200 ");
    }

    private static void refused(List<String> response) {
        assertThat(response.get(response.size() - 1)).startsWith("511 ");
    }

    private void compare(String after) throws Exception {
        MailboxManager mailboxes = server.james().mailboxManager();
        MailboxSession session = server.james().session(ALICE);
        List<String> names = new ArrayList<>();
        mailboxes.search(MailboxQuery.privateMailboxesBuilder(session).matchesAllMailboxNames().build(), session)
            .map(found -> found.getPath().getName())
            .filter(name -> name.equals("T") || name.startsWith("T."))
            .toIterable().forEach(names::add);
        assertThat(names).as(after).containsExactlyInAnyOrderElementsOf(model.folders().stream().map(RandomCommandsTest::mailbox).toList());
        for (String path : model.folders()) {
            MessageManager mailbox = mailboxes.getMailbox(MailboxPath.forUser(ALICE, mailbox(path)), session);
            List<MessageResult> messages = new ArrayList<>();
            mailbox.getMessages(MessageRange.all(), FetchGroup.HEADERS, session).forEachRemaining(messages::add);
            messages.sort((one, other) -> one.getUid().compareTo(other.getUid()));
            List<String> uids = messages.stream().map(message -> Base62.encode(message.getUid().asLong())).toList();
            model.stored(path, uids);
            assertThat(messages.stream().map(RandomCommandsTest::seen).toList()).as(after + ", " + path)
                .isEqualTo(model.items(path).stream().map(item -> item.uid() + " " + item.subject() + " " + flags(item)).toList());
        }
        assertThat(client.find("")).as(after).isEqualTo(model.items(selected).stream().map(item -> "." + item.uid()).toList());
    }

    private static String mailbox(String path) {
        return path.substring(1).replace('/', '.');
    }

    private static String seen(MessageResult message) {
        try (InputStream in = message.getHeaders().getInputStream()) {
            String subject = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("subject: ")).findFirst().orElseThrow()
                .substring("Subject: ".length());
            TreeSet<String> flags = new TreeSet<>();
            Arrays.stream(message.getFlags().getUserFlags()).map(flag -> flag.toLowerCase(Locale.ROOT)).forEach(flags::add);
            if (message.getFlags().contains(Flags.Flag.SEEN)) {
                flags.add("\\seen");
            }
            if (message.getFlags().contains(Flags.Flag.ANSWERED)) {
                flags.add("\\answered");
            }
            return Base62.encode(message.getUid().asLong()) + " " + subject + " " + flags;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The flags of IMAP that are these tags, in lower case; see the README, "How it is stored". */
    private static TreeSet<String> flags(Item item) {
        TreeSet<String> flags = new TreeSet<>();
        for (String tag : item.tags()) {
            switch (tag) {
                case "SEEN" -> flags.add("\\seen");
                case "ANSWERED" -> flags.add("\\answered");
                case "SPAM" -> flags.add("$junk");
                case "FLAG=RED" -> flags.addAll(List.of("flag", "flag=^r^e^d"));
                case "FLAG=red" -> flags.addAll(List.of("flag", "flag=red"));
                default -> flags.add(tag.toLowerCase(Locale.ROOT));
            }
        }
        return flags;
    }
}
