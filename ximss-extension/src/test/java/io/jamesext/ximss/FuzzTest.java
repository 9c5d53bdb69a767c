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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Malformed;
import io.jamesext.ximss.frame.NulFrameDecoder;
import io.jamesext.ximss.frame.XmlReader;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.XimssWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** What anybody can send before there is a user, in thousands of forms that are almost right. A failure names the input. */
@Timeout(120)
class FuzzTest {
    private static final Pattern REQUEST = Pattern.compile("^\\d? ?C: (<.*)$", Pattern.MULTILINE);
    private static final long SEED = 20261122;
    private static final int INPUTS = 10_000;
    private static final int HTTP_INPUTS = 150;
    private static final int LIMIT = 400;
    private static final int PATIENCE_MILLIS = 1_000;

    @TempDir
    Path folder;

    /** Every request of the transcripts. */
    private static List<String> requests() throws IOException {
        List<String> requests = new ArrayList<>();
        try (Stream<Path> transcripts = Files.list(Path.of("src/test/resources/transcripts"))) {
            for (Path transcript : transcripts.sorted().toList()) {
                REQUEST.matcher(Files.readString(transcript)).results().map(found -> found.group(1)).forEach(requests::add);
            }
        }
        return requests;
    }

    /** What is read can be written, and is the same when it is read again. */
    @Test
    void documentsShouldBeRefusedOrReadAsTheyAre() throws IOException {
        Mutations mutations = new Mutations(SEED, requests());
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutations.next();
            Optional<Element> element = document(input, Optional.empty());
            document(input, Optional.of("ISO-8859-1"));
            document(input, Optional.of(i % 2 == 0 ? "UTF-16" : "no such thing"));
            Optional<Element> frame = frame(input);
            if (frame.isPresent()) {
                read++;
                assertThat(frame(written(frame.get()))).as(shown(input)).isEqualTo(frame);
                assertThat(element.isPresent() || new String(input, StandardCharsets.UTF_8).contains("<?")).as(shown(input)).isTrue();
            }
        }
        assertThat(read).as("inputs that were documents").isBetween(INPUTS / 50, INPUTS);
    }

    /** Found by the test above: the JDK's parser fails in a way of its own. */
    @Test
    void documentTypeThatBreaksOffShouldBeRefused() {
        byte[] input = "<!DOCTYPE x [<!ENTITY x".getBytes(StandardCharsets.UTF_8);

        assertThat(frame(input)).isEmpty();
        assertThat(document(input, Optional.empty())).isEmpty();
    }

    /** The frames are the same in whatever pieces they come, and one that cannot be read spoils no other. */
    @Test
    void framesShouldBeTheSameInAnyPieces() throws IOException {
        List<String> seeds = requests();
        Mutations mutations = new Mutations(SEED, Stream.iterate(0, i -> i + 3).limit(seeds.size() / 3)
            .map(i -> seeds.get(i) + "\0" + seeds.get(i + 1) + "\0\0\r\n" + seeds.get(i + 2) + "\0").toList());
        for (int i = 0; i < INPUTS / 4; i++) {
            byte[] input = mutations.next();
            List<String> whole = frames(input, input.length + 1);
            assertThat(frames(input, 1)).as(shown(input)).isEqualTo(whole);
            assertThat(frames(input, mutations.number(100))).as(shown(input)).isEqualTo(whole);
            assertThat(frames("<noop id='1'/>\0".getBytes(StandardCharsets.UTF_8), 100)).containsExactly("<noop id=\"1\"/>");
        }
    }

    /** Whatever comes, the server answers or closes, and others notice nothing. */
    @Test
    void httpShouldOutliveAnything() throws Exception {
        try (XimssTestServer server = XimssTestServer.start(folder, XimssTestServer.PLAIN + "<transport>http</transport>")) {
            Mutations mutations = new Mutations(SEED, List.of(
                post("/XIMSSLogin/?errorAsXML=1", "<XIMSS><listFeatures id=\"list\"/></XIMSS>"),
                post("/XIMSSLogin/", "userName=alice%40example.org&password=wrong"),
                post("/Session/none/sync?reqSeq=1&syncAsync=1", "<XIMSS><noop id=\"1\"/></XIMSS>"),
                "GET /Session/none/?ackSeq=1&maxWait=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /Session/none/MIME/F/1-02.gif HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nAuthorization: Basic YTpi\r\nConnection: close\r\n\r\n",
                "GET /XIMSS HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Protocol: ximss\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\u0081\u0005hello",
                "<noop id=\"1\"/>\0<login id=\"2\" authData=\"alice@example.org\" password=\"wrong\"/>\0"));
            for (int i = 0; i < HTTP_INPUTS; i++) {
                byte[] input = mutations.next();
                String answer = exchange(server.port, input);
                assertThat(answer).as(shown(input)).doesNotContain("HTTP/1.1 500").doesNotContain("urlID=").doesNotContain("root:x:0")
                    .doesNotContain("Exception");
            }
            String after = post("/XIMSSLogin/", "<XIMSS><listFeatures id=\"list\"/></XIMSS>");
            assertThat(exchange(server.port, after.getBytes(StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 200").contains("<domain>example.org</domain>");
        }
    }

    private static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: " + body.length()
            + "\r\nConnection: close\r\n\r\n" + body;
    }

    /** What the server sends until it closes, or for a while. */
    private static String exchange(int port, byte[] input) throws IOException {
        StringBuilder answer = new StringBuilder();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(input);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            byte[] octets = new byte[8192];
            for (int n = socket.getInputStream().read(octets); n > 0; n = socket.getInputStream().read(octets)) {
                answer.append(new String(octets, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // It was closed with octets unread, or waits for the rest of a request: both are answers to nonsense.
            return answer.toString();
        }
        return answer.toString();
    }

    private static Optional<Element> frame(byte[] input) {
        try {
            return Optional.of(XmlReader.read(ByteBuffer.wrap(input)));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    private static Optional<Element> document(byte[] input, Optional<String> charset) {
        try {
            return Optional.of(XmlReader.document(input, charset));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    private static List<String> frames(byte[] input, int pieceBytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new NulFrameDecoder(LIMIT));
        List<String> frames = new ArrayList<>();
        for (int from = 0; from < input.length; from += pieceBytes) {
            channel.writeInbound(Unpooled.copiedBuffer(input, from, Math.min(pieceBytes, input.length - from)));
            for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                frames.add(frame instanceof Malformed malformed ? malformed.failure().getMessage()
                    : new String(written((Element) frame), StandardCharsets.UTF_8));
            }
        }
        channel.finishAndReleaseAll();
        return frames;
    }

    private static byte[] written(Element element) {
        ByteBuf out = Unpooled.buffer();
        new XimssWriter(out, Optional.empty()).element(element);
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets).release();
        return octets;
    }

    private static String shown(byte[] input) {
        return "seed " + SEED + ", input in base64: " + Base64.getEncoder().encodeToString(input);
    }
}
