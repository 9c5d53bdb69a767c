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
package io.jamesext.lemonade.imap.convert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** What a transcript cannot show of CONVERT: octets, processes and time. */
@BothBackends
@Timeout(120)
class ConvertTest {
    private static final MailboxPath BOX = MailboxPath.forUser(ImapTestServer.ALICE, "box");
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private ImapTestServer server;
    private MailboxSession session;
    private MessageManager box;
    private ImapTestClient client;

    @BeforeEach
    void setUp() throws Exception {
        server = ImapTestServer.start("<convert><timeout>8</timeout><maxMessages>1</maxMessages><memory>128M</memory>"
            + "<processes>1</processes><defaultImage>image/png</defaultImage></convert>");
        session = server.session(ImapTestServer.ALICE);
        server.mailboxManager().createMailbox(BOX, session);
        box = server.mailboxManager().getMailbox(BOX, session);
        client = server.connectAs(ImapTestServer.ALICE);
    }

    @AfterEach
    void tearDown() throws Exception {
        client.close();
        server.mailboxManager().deleteMailbox(BOX, session);
        server.close();
    }

    /** RFC 5259 sections 7 and 8.3: a size that is exact, and the octets of a picture, whole and in ranges. */
    @Test
    void pictureShouldComeOctetByOctet() throws Exception {
        append("image/png", picture(300, 200));
        select();
        byte[] png = literal("CONVERT 1 (NIL (pix-x 150)) BINARY[1]");
        BufferedImage made = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(List.of(made.getWidth(), made.getHeight())).containsExactly(150, 100);
        assertThat(png.length).isGreaterThan(20_000);
        assertThat(client.command("b1 CONVERT 1 (NIL (PIX-X 150)) BINARY.SIZE[1]").get(0))
            .isEqualTo("* 1 CONVERTED (TAG \"b1\") (BINARY.SIZE[1] " + png.length + ")");
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        for (int at = 0; at < png.length; at += 7000) {
            pieces.writeBytes(literal("CONVERT 1 (NIL (pix-x 150)) BINARY[1]<" + at + ".7000>"));
        }
        assertThat(pieces.toByteArray()).isEqualTo(png);
    }

    @Test
    void largePictureShouldStream() throws Exception {
        append("image/png", picture(600, 500));
        select();
        byte[] png = literal("CONVERT 1 (\"image/png\") BINARY[1]");
        assertThat(png.length).isGreaterThan(500_000);
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(600);
    }

    /** RFC 5259 section 8.5: what was converted is not converted again. */
    @Test
    void resultsShouldBeKept() throws Exception {
        append("image/png", picture(30, 20));
        select();
        Set<ProcessHandle> before = processes();
        byte[] jpeg = literal("CONVERT 1 (\"image/jpeg\") BINARY[1]");
        Set<ProcessHandle> started = processes();
        started.removeAll(before);
        for (ProcessHandle process : started) {
            process.destroyForcibly();
            process.onExit().get();
        }
        assertThat(literal("CONVERT 1 (\"image/jpeg\") BINARY[1]")).isEqualTo(jpeg);
        assertThat(processes()).allMatch(before::contains);
        // Another conversion starts another process: the one that was killed harms nobody.
        assertThat(literal("CONVERT 1 (\"image/gif\") BINARY[1]")).startsWith('G', 'I', 'F');
    }

    @Test
    void documentShouldGiveItsText() throws Exception {
        XWPFDocument word = new XWPFDocument();
        word.createParagraph().createRun().setText("minutes of the m\u00e9eting");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        word.write(file);
        append(DOCX, file.toByteArray());
        select();
        byte[] text = literal("CONVERT 1 (NIL (charset iso-8859-1)) BINARY[1]");
        assertThat(new String(text, ISO_8859_1)).contains("minutes of the m\u00e9eting");
    }

    /** A bomb costs a process and its time once; who comes behind it is served. */
    @Test
    void whatTakesTooLongShouldBeTemporaryAndHarmNobody() throws Exception {
        append("text/html", "<p>slow".getBytes(US_ASCII));
        append("text/html", "<p>good".getBytes(US_ASCII));
        select();
        Set<ProcessHandle> before = processes();
        assertThat(client.command("b0 CONVERT 2 (NIL) BINARY.SIZE[1]").get(0)).isEqualTo("* 2 CONVERTED (TAG \"b0\") (BINARY.SIZE[1] 6)");
        ProcessHandle process = processes().stream().filter(child -> !before.contains(child)).findFirst().orElseThrow();
        // A process that is stopped hangs, on every machine.
        stop(process);
        List<String> answer = List.of("* 1 CONVERTED (TAG \"b1\") (BINARY[1] (ERROR \"The conversion took too long.\" TEMPFAIL 10))",
            "b1 NO [TEMPFAIL] CONVERT failed. All conversions failed.");
        assertThat(client.command("b1 CONVERT 1 (NIL) BINARY[1]")).isEqualTo(answer);
        long begin = System.nanoTime();
        assertThat(client.command("b1 CONVERT 1 (NIL (charset us-ascii)) BINARY[1]")).isEqualTo(answer);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        assertThat(new String(literal("CONVERT 2 (NIL (charset us-ascii)) BINARY[1]"), US_ASCII)).isEqualTo("good\r\n");
    }

    @Test
    void bombsShouldCostAProcessOnly() throws Exception {
        append("text/html", "<a>".repeat(6_000_000).getBytes(US_ASCII));
        append(DOCX, zipBomb());
        select();
        for (int message : List.of(1, 2)) {
            List<String> answer = client.command("b" + message + " CONVERT " + message + " (NIL) BINARY.SIZE[1]");
            assertThat(answer.get(0)).contains("(ERROR \"").containsAnyOf("BADPARAMETERS", "TEMPFAIL 10");
            assertThat(answer.get(1)).contains(" NO ");
        }
        assertThat(client.command("b3 NOOP")).last().asString().startsWith("b3 OK");
    }

    /** RFC 5259 section 8.5, its examples. */
    @Test
    void moreMessagesThanMayBeShouldBeRefused() throws Exception {
        append("text/plain", "one".getBytes(US_ASCII));
        append("text/plain", "two".getBytes(US_ASCII));
        select();
        assertThat(client.command("g001 CONVERT 1:* (\"text/plain\" (\"charset\" \"us-ascii\")) BINARY[1]"))
            .containsExactly("g001 NO [MAXCONVERTMESSAGES 1] CONVERT failed. Those are too many messages at once.");
        assertThat(client.command("g002 UID CONVERT 4000000000:* (NIL) BINARY.SIZE[1]").get(0)).contains("BINARY.SIZE[1] 3)");
    }

    /** What is refused is told with its parameters, and for each item: both are short. */
    @Test
    void errorsShouldNotGrowWithoutBound() throws Exception {
        append("text/plain", "one".getBytes(US_ASCII));
        select();
        assertThat(client.command("b1 CONVERT 1 (NIL (x " + "y".repeat(201) + ")) BINARY[1]").get(0)).startsWith("b1 BAD");
        assertThat(client.command("b2 CONVERT 1 (NIL (" + "x".repeat(101) + " y)) BINARY[1]").get(0)).startsWith("b2 BAD");
        String items = IntStream.range(0, 201).mapToObj(i -> "AVAILABLECONVERSIONS[9." + (i + 1) + "]").collect(Collectors.joining(" "));
        assertThat(client.command("b3 CONVERT 1 (NIL) (" + items + ")").get(0)).startsWith("b3 BAD");
        String value = "y".repeat(200);
        String parameters = IntStream.range(0, 32).mapToObj(i -> "x" + i + " " + value).collect(Collectors.joining(" "));
        String fewer = items.substring(0, items.lastIndexOf(' '));
        List<String> answer = client.command("b4 CONVERT 1 (NIL (" + parameters + ")) (" + fewer + ")");
        assertThat(answer.get(0).split("BADPARAMETERS", -1)).hasSize(201);
        assertThat(answer.get(0)).hasSizeGreaterThan(1_000_000).endsWith(")))");
    }

    private void append(String type, byte[] content) throws Exception {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(("Content-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n\r\n").getBytes(US_ASCII));
        message.writeBytes(Base64.getMimeEncoder().encode(content));
        box.appendMessage(MessageManager.AppendCommand.builder().build(message.toByteArray()), session);
    }

    private void select() throws Exception {
        client.command("s1 SELECT box");
    }

    private byte[] literal(String command) throws Exception {
        client.write("t1 " + command + "\r\n");
        String line = client.line();
        assertThat(line).startsWith("* ").matches(".*\\{\\d+}");
        byte[] octets = client.octets(Integer.parseInt(line.substring(line.lastIndexOf('{') + 1, line.length() - 1)));
        assertThat(client.line()).isEqualTo(")");
        assertThat(client.line()).startsWith("t1 OK");
        return octets;
    }

    private static void stop(ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor()).isZero();
        // A busy machine takes its time.
        while (!Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat")).contains(") T ")) {
            Thread.sleep(1);
        }
    }

    private static Set<ProcessHandle> processes() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    private static byte[] picture(int width, int height) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(5);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "png", file);
        return file.toByteArray();
    }

    private static byte[] zipBomb() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(zeros);
            }
        }
        return file.toByteArray();
    }
}
