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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;

import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.pace.Pace;
import io.netty.channel.embedded.EmbeddedChannel;

class CommandResponderTest {
    @Test
    void errorWhileAnsweringShouldCloseTheConnection() {
        EmbeddedChannel channel = new EmbeddedChannel();
        CommandResponder answers = new CommandResponder(new FullHeap(), UnaryOperator.identity(), new Pace(channel));
        assertThatThrownBy(() -> answers.respond(new ImapResponseMessage() { })).isInstanceOf(OutOfMemoryError.class);
        assertThat(channel.isActive()).isFalse();
    }

    private static final class FullHeap implements ImapProcessor.Responder {
        @Override
        public void respond(ImapResponseMessage message) {
            throw new OutOfMemoryError("test");
        }

        @Override
        public void flush() {
        }
    }
}
