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
package io.jamesext.testing.bench;

import java.io.Closeable;
import java.io.IOException;

/** A client that has logged in and works with one mailbox at a time: the same work over XIMSS and over IMAP. */
interface MeasuredMailbox extends Closeable {
    /** Opens the mailbox in the order of its UIDs, and keeps it open. */
    void open(String mailbox) throws IOException;

    /** Closes it, and nothing is removed from it. */
    void leave() throws IOException;

    /**
     * Reads what a list on a screen shows: flags, sender, subject, date, size. Fails when not all come.
     *
     * @param first the place of the first message, from 0
     */
    void browse(int first, int count) throws IOException;

    /** Asks what has happened to the mailbox; answers how many messages have other flags now. */
    int sync() throws IOException;

    /** Reads a whole message. */
    void read(String uid) throws IOException;

    /** Waits for news of the open mailbox from now on, at once or when the server has them. */
    void listen() throws IOException;

    /** Returns when there are news. */
    void awaitNews() throws IOException;

    /** Takes the news, and waits for others. */
    void takeNews() throws IOException;
}
