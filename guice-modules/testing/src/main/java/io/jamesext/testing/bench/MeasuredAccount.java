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

/** A client that has logged in and works with all folders of an account: the same work over AGAP and over IMAP. */
interface MeasuredAccount extends Closeable {
    /** Asks for the state of every folder; answers how many there are. */
    int folders() throws IOException;

    /** Opens a folder at the top, and keeps it open. */
    void open(String folder) throws IOException;

    /** Asks the open folder for what has come since an item; answers how many have. */
    int newSince(long uid) throws IOException;

    /** Asks the open folder for the messages with exactly this subject; answers how many it has. */
    int withSubject(String subject) throws IOException;

    /** Reads a whole message of the open folder. */
    void read(long uid) throws IOException;

    /** Marks a message of the open folder as seen, or takes the mark away. */
    void mark(long uid, boolean seen) throws IOException;

    /** Brings the client's picture of the account up to date: which items of which folders are new, gone or changed. Answers how many. */
    int resynchronise() throws IOException;

    /** What went over the wire until now. */
    Traffic traffic();
}
