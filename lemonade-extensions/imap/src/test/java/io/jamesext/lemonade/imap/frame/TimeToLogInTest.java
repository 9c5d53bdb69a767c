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


package io.jamesext.lemonade.imap.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.encode.FakeImapSession;
import org.apache.james.imapserver.netty.NettyConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.pace.Pace;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;

/** A connection must log in within its time, and one that did may stay. */
class TimeToLogInTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ImapSession session = new FakeImapSession();

    @BeforeEach
    void connect() {
        channel.attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(session);
        channel.pipeline().addLast(new FrameDecoder((request, imapSession) -> {
            throw new IllegalStateException("nothing is sent here");
        }, new FrameLimits(8192, 8192, 8192), new Pace(channel)));
        channel.pipeline().fireChannelActive();
    }

    @Test
    void aStrangerShouldBeSentAway() {
        pass(FrameLimits.TIME_TO_LOG_IN.toSeconds() - 1);
        assertThat((Object) channel.readOutbound()).isNull();
        pass(2);
        ByteBuf said = channel.readOutbound();
        assertThat(said.toString(StandardCharsets.US_ASCII)).isEqualTo("* BYE Log in sooner\r\n");
    }

    @Test
    void oneWhoHasLoggedInShouldStay() {
        session.authenticated();
        pass(FrameLimits.TIME_TO_LOG_IN.toSeconds() + 1);
        assertThat((Object) channel.readOutbound()).isNull();
        assertThat(channel.isActive()).isTrue();
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
