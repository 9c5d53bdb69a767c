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


package io.jamesext.lemonade.smtp.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Puts the enhanced status code into the replies that James's handlers and an operator's write without one. RFC 2034 section 4: it is in
 * each line of every 2xx, 4xx and 5xx reply but the greeting and those to EHLO and HELO.
 */
final class EnhancedStatusCodes extends ChannelOutboundHandlerAdapter {
    /** RFC 3463, RFC 4954 section 6 and RFC 5248 section 2.4, for what a reply code says by itself: RFC 5321 section 4.2.3. */
    private static final Map<String, String> CODES = ImmutableMap.<String, String>builder()
        .put("235", "2.7.0")
        .put("421", "4.3.2")
        .put("432", "4.7.12")
        .put("450", "4.2.0")
        .put("452", "4.3.1")
        .put("454", "4.7.0")
        .put("500", "5.5.2")
        .put("501", "5.5.4")
        .put("502", "5.5.1")
        .put("503", "5.5.1")
        .put("504", "5.5.4")
        .put("530", "5.7.0")
        .put("534", "5.7.9")
        .put("535", "5.7.8")
        .put("538", "5.7.11")
        .put("552", "5.3.4")
        .put("555", "5.5.4")
        .build();
    private static final Pattern WITHOUT_CODE = Pattern.compile("(?m)^(([245])\\d\\d)([ -])(?!\\2\\.\\d{1,3}\\.\\d{1,3}(?: |\r?$))");

    private final SmtpFramer framer;

    EnhancedStatusCodes(SmtpFramer framer) {
        this.framer = framer;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf reply && reply.isReadable() && !framer.isGreeting()) {
            String text = reply.toString(StandardCharsets.US_ASCII);
            Matcher bare = WITHOUT_CODE.matcher(text);
            if (bare.find()) {
                reply.release();
                ctx.write(Unpooled.copiedBuffer(withCodes(bare), StandardCharsets.US_ASCII), promise);
                return;
            }
        }
        ctx.write(message, promise);
    }

    private static String withCodes(Matcher bare) {
        return bare.replaceAll(line -> line.group(1) + line.group(3) + CODES.getOrDefault(line.group(1), line.group(2) + ".0.0") + " ");
    }
}
