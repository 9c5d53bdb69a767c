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

package io.jamesext.testing.james;

import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import com.google.common.collect.ImmutableList;

import io.jamesext.testing.transcript.Transcript;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;

/**
 * A walk through one protocol on the demonstration's mail, for {@code ./james demo}: a transcript, every answer of which is checked.
 *
 * @param title what is shown
 * @param listener that is talked to
 * @param wire of the protocol
 * @param transcript the file's name in this package's {@code demo} folder
 */
public record Tour(String title, Listener listener, Wire wire, String transcript) {
    /** The tours, in the order in which they are shown. */
    public static final List<Tour> ALL = ImmutableList.of(
        new Tour("IMAP: what James has delivered", Listener.IMAP, Wire.LINES, "imap.transcript"));

    /** More of a line would only fill the screen. */
    private static final int LONGEST_LINE = 160;

    /** Plays it, showing what passes. Fails as {@link TranscriptRunner#run} does. */
    public void play(Ports ports, Consumer<String> screen) {
        URL resource = Objects.requireNonNull(Tour.class.getResource("demo/" + transcript), transcript);
        new TranscriptRunner(wire, "127.0.0.1", ports.of(listener))
            .echo(message -> message.lines().map(Tour::shortened).forEach(screen))
            .run(Transcript.read(resource));
    }

    private static String shortened(String line) {
        return "    " + (line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + " ..." : line);
    }
}
