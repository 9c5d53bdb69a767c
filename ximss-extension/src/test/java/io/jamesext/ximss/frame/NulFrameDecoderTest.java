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
package io.jamesext.ximss.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.server.ConnectionEvent;
import io.jamesext.kernel.server.Malformed;
import io.jamesext.ximss.xml.Element;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

class NulFrameDecoderTest {
    private static final int LIMIT = 1000;

    private final EmbeddedChannel channel = new EmbeddedChannel(new NulFrameDecoder(LIMIT));

    private List<Object> feed(byte[] bytes, int pieceBytes) {
        List<Object> frames = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += pieceBytes) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, from, Math.min(pieceBytes, bytes.length - from)));
            for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private List<Object> feed(String text) {
        return feed(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }

    private static Failure failure(Object frame) {
        assertThat(frame).isInstanceOf(Malformed.class);
        assertThat(((Malformed) frame).closes()).isFalse();
        return ((Malformed) frame).failure().failure();
    }

    private static String name(Object frame) {
        return frame instanceof Element element ? element.name() : "malformed";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10_000})
    void framesShouldBeCutTheSameInAnyPieces(int pieceBytes) {
        String text = "\0\0<a id='1'/>\0\r\n\0<?xml version='1.0' encoding='UTF-8'?><b>é</b>\0\0<c\0<d/>\n\0";
        assertThat(feed(text.getBytes(StandardCharsets.UTF_8), pieceBytes).stream().map(NulFrameDecoderTest::name))
            .containsExactly("a", "b", "malformed", "d");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 10_000})
    void frameOverTheLimitShouldBeRefusedOnceAndThrownAway(int pieceBytes) {
        String text = "<a/>\0<b>" + "x".repeat(5 * LIMIT) + "</b>\0<c/>\0";
        List<Object> frames = feed(text.getBytes(StandardCharsets.UTF_8), pieceBytes);
        assertThat(frames.stream().map(NulFrameDecoderTest::name)).containsExactly("a", "malformed", "c");
        assertThat(failure(frames.get(1))).isEqualTo(Failure.TOO_BIG);
    }

    @Test
    void refusalShouldNotWaitForTheZero() {
        assertThat(feed("x".repeat(LIMIT))).isEmpty();
        assertThat(failure(feed("x").get(0))).isEqualTo(Failure.TOO_BIG);
        assertThat(feed("x".repeat(100 * LIMIT))).isEmpty();
        assertThat(feed("\0<a/>\0")).hasSize(1);
    }

    @Test
    void frameOfExactlyTheLimitShouldBeTaken() {
        assertThat(name(feed("<a>" + "x".repeat(LIMIT - 7) + "</a>\0").get(0))).isEqualTo("a");
    }

    @Test
    void strangersShouldBeHeldShorterThanUsers() {
        EmbeddedChannel large = new EmbeddedChannel(new NulFrameDecoder(1_000_000));
        String request = "<a>" + "x".repeat(NulFrameDecoder.MAX_STRANGERS_FRAME_BYTES) + "</a>\0";
        large.writeInbound(Unpooled.copiedBuffer(request, StandardCharsets.UTF_8));
        assertThat(failure(large.readInbound())).isEqualTo(Failure.TOO_BIG);
        large.pipeline().fireUserEventTriggered(ConnectionEvent.LOGGED_IN);
        large.writeInbound(Unpooled.copiedBuffer(request, StandardCharsets.UTF_8));
        assertThat(name(large.readInbound())).isEqualTo("a");
    }

    @Test
    void elementsShouldBeLimited() {
        EmbeddedChannel large = new EmbeddedChannel(new NulFrameDecoder(1_000_000));
        large.pipeline().fireUserEventTriggered(ConnectionEvent.LOGGED_IN);
        large.writeInbound(Unpooled.copiedBuffer("<a>" + "<b/>".repeat(XmlReader.MAX_ELEMENTS) + "</a>\0", StandardCharsets.UTF_8));
        assertThat(failure(large.readInbound())).isEqualTo(Failure.TOO_BIG);
    }

    @Test
    void badUtf8ShouldBeRefused() {
        byte[] frame = {'<', 'a', '>', (byte) 0xC3, '(', '<', '/', 'a', '>', 0};
        assertThat(failure(feed(frame, 100).get(0))).isEqualTo(Failure.SYNTAX);
        byte[] surrogate = {'<', 'a', '>', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '<', '/', 'a', '>', 0};
        assertThat(failure(feed(surrogate, 100).get(0))).isEqualTo(Failure.SYNTAX);
        byte[] overlong = {'<', 'a', '>', (byte) 0xC0, (byte) 0x80, '<', '/', 'a', '>', 0};
        assertThat(failure(feed(overlong, 100).get(0))).isEqualTo(Failure.SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "plain text", "<a>", "</a>", "<a></b>", "<a/><b/>", "<a b=1/>", "<a b='1' b='2'/>", "<a>&unknown;</a>", "<a>\u0001</a>",
        "<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a b='&x;'/>",
        "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;'>]><a>&c;</a>",
        "<a>text</a>text", "<!-- only -->", "<?pi only?>", "<a><![CDATA[x</a>"})
    void whatIsNoRequestShouldBeRefused(String frame) {
        assertThat(failure(feed(frame + "\0").get(0))).isEqualTo(Failure.SYNTAX);
        assertThat(name(feed("<next/>\0").get(0))).isEqualTo("next");
    }

    @Test
    void depthAndAttributesShouldBeLimited() {
        EmbeddedChannel large = new EmbeddedChannel(new NulFrameDecoder(1_000_000));
        large.pipeline().fireUserEventTriggered(ConnectionEvent.LOGGED_IN);
        large.writeInbound(Unpooled.copiedBuffer("<a>".repeat(100_000) + "\0", StandardCharsets.UTF_8));
        assertThat(failure(large.readInbound())).isEqualTo(Failure.TOO_BIG);
        StringBuilder attributes = new StringBuilder("<a");
        for (int i = 0; i <= XmlReader.MAX_ATTRIBUTES; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        large.writeInbound(Unpooled.copiedBuffer(attributes + "/>\0", StandardCharsets.UTF_8));
        assertThat(failure(large.readInbound())).isEqualTo(Failure.TOO_BIG);
        large.writeInbound(Unpooled.copiedBuffer("<a>".repeat(XmlReader.MAX_DEPTH) + "</a>".repeat(XmlReader.MAX_DEPTH) + "\0",
            StandardCharsets.UTF_8));
        assertThat(name(large.readInbound())).isEqualTo("a");
    }

    @Test
    void xmlShouldBeReadAsItIs() {
        Element element = (Element) feed("<a x='&lt;&#65;' y=\"'\"><!-- c -->t&amp;<![CDATA[<u>]]><b/>v<p:q/></a>\0").get(0);
        assertThat(element.attributes()).containsEntry("x", "<A").containsEntry("y", "'");
        assertThat(element.text()).isEqualTo("t&<u>v");
        assertThat(element.elements().map(Element::name)).first().isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void garbageShouldNeverHarmTheNextRequest(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] garbage = new byte[random.nextInt(60)];
            random.nextBytes(garbage);
            feed(garbage, 1 + random.nextInt(20));
            List<Object> next = feed("\0<next/>\0");
            assertThat(name(next.get(next.size() - 1))).as("seed %d, round %d", seed, i).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void brokenXmlShouldBeRefusedAndNeverThrow(long seed) {
        List<String> tokens = List.of("<", ">", "/>", "</a>", "<a", " b=", "'", "\"", "&lt;", "&#", ";", "&#x10FFFF;",
            "&", "<![CDATA[", "]]>",
            "<!--", "-->", "--", "<?xml version='1.0'", " encoding='UTF-16'", " standalone='yes'", "?>", "<?p",
            "<!DOCTYPE", "<!ENTITY % x", "[", "]", ":", "xmlns", "\uD83D\uDE00", "\uFFFE", "\r", "x", " ");
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            String frame = random.ints(random.nextInt(25), 0, tokens.size()).mapToObj(tokens::get).collect(Collectors.joining());
            List<Object> next = feed(frame + "\0<next/>\0");
            assertThat(name(next.get(next.size() - 1))).as("seed %d: %s", seed, frame).isEqualTo("next");
        }
    }
}
