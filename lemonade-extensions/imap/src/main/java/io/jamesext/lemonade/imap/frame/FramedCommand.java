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

import java.io.Closeable;
import java.io.IOException;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.IdleRequest;

import io.jamesext.lemonade.imap.pace.Pace;

/**
 * A parsed command on its way through James's core handler, with what must happen when it has ended.
 *
 * @param tag the tag it is answered with
 * @param message what James's parser made of it
 * @param pace how fast its client takes the answer
 */
record FramedCommand(String tag, ImapMessage message, Pace pace, Runnable whenEnded) implements ImapMessage, Conversation, Closeable {
    @Override
    public boolean waitsForClient() {
        return message instanceof AuthenticateRequest || message instanceof IdleRequest;
    }

    @Override
    public boolean isNews() {
        return message instanceof Turn;
    }

    /** Whether it ends when its client leaves. */
    boolean endsWithClient() {
        return waitsForClient() || isNews() || message instanceof ReadingCommand;
    }

    void ended() {
        whenEnded.run();
    }

    @Override
    public void close() throws IOException {
        if (message instanceof Closeable closeable) {
            closeable.close();
        }
    }

    @Override
    public String toString() {
        // Not the message: a LOGIN request may show more than a log should have.
        return message.getClass().getSimpleName();
    }
}
