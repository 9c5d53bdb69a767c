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

import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.testing.transcript.OctetText;
import io.jamesext.testing.transcript.Transcript;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;

/**
 * A walk through one protocol on the demonstration's mail, for {@code ./james demo}: a transcript, every answer of which is checked.
 * Its first connection goes to the tour's own listener; {@code # connection 2: IMAP} leads another one to that listener.
 *
 * @param title what is shown
 * @param listener that is talked to
 * @param transcript the file, beside the tests of its protocol
 */
public record Tour(String title, Listener listener, String transcript) {
    /** The tours, in the order in which they are shown. */
    public static final List<Tour> ALL = ImmutableList.of(
        new Tour("IMAP: what James has delivered", Listener.IMAP, "guice-modules/bundle/src/test/resources/demo/imap.transcript"),
        new Tour("Lemonade IMAP: pipelining, and forward without download", Listener.IMAP,
            "lemonade-extensions/imap/src/test/resources/demo/lemonade.transcript"),
        new Tour("Lemonade submission: forward without download, both ways", Listener.SUBMISSION,
            "lemonade-extensions/smtp/src/test/resources/demo/submission.transcript"),
        new Tour("XIMSS: folders as frozen views", Listener.XIMSS, "ximss-extension/src/test/resources/demo/ximss.transcript"),
        new Tour("AGAP: find, fetch and tag messages", Listener.AGAP, "agap-extension/src/test/resources/demo/agap.transcript"),
        new Tour("DMAP: plain mail as chunks, and the domain's signet", Listener.DMAP,
            "dmap-extension/src/test/resources/demo/dmap.transcript"),
        new Tour("All four on one mailbox", Listener.XIMSS, "guice-modules/bundle/src/test/resources/demo/together.transcript"));

    private static final Map<Listener, Wire> WIRES = ImmutableMap.of(
        Listener.IMAP, Wire.LINES,
        Listener.SUBMISSION, Wire.LINES,
        Listener.XIMSS, Wire.XML_NUL,
        Listener.AGAP, Wire.LINES,
        Listener.DMAP, Wire.TLS_LINES);
    private static final String HOST = "127.0.0.1";
    /** More of a line would only fill the screen. */
    private static final int LONGEST_LINE = 160;

    /** Plays it, showing what passes. Fails as {@link TranscriptRunner#run} does. */
    public void play(Path project, Ports ports, Consumer<String> screen) {
        TranscriptRunner runner = new TranscriptRunner(wire(listener), HOST, ports.of(listener))
            .echo(message -> message.lines().map(Tour::shortened).forEach(screen));
        for (Listener other : WIRES.keySet()) {
            runner = runner.endpoint(other.name(), wire(other), HOST, ports.of(other));
        }
        runner.run(read(project.resolve(transcript)));
    }

    @Override
    public String toString() {
        return title;
    }

    private static Wire wire(Listener listener) {
        Wire wire = WIRES.get(listener);
        if (wire == null) {
            throw new IllegalArgumentException("no tour can talk to " + listener);
        }
        return wire;
    }

    private static Transcript read(Path file) {
        try {
            return Transcript.read(file.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }

    private static String shortened(String line) {
        String shown = OctetText.shown(line);
        return "    " + (shown.length() > LONGEST_LINE ? shown.substring(0, LONGEST_LINE) + " ..." : shown);
    }
}
