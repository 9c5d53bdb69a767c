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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapDecoder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Cuts octets outside of a connection, for the fuzz targets. */
public final class Cutting {
    private Cutting() {
    }

    /** Parses each command of the octets, and lets exceptions through that a connection would make a BAD of. */
    public static void parse(byte[] octets, ImapDecoder parser, ImapSession session) {
        cut(octets, octets.length, new FrameLimits(8192, 1 << 20, 1 << 20), cut -> {
            if (cut instanceof CommandCutter.Cut.Whole whole) {
                parser.decode(whole.frame().reader(session), session);
                whole.frame().discard();
            }
        });
    }

    /** What the cutter makes of octets that arrive so many at a time. */
    static List<List<String>> cuts(byte[] octets, int step, FrameLimits limits) {
        List<List<String>> cuts = new ArrayList<>();
        cut(octets, step, limits, cut -> {
            if (cut instanceof CommandCutter.Cut.Whole whole) {
                cuts.add(strings(whole.frame()));
                whole.frame().discard();
            } else if (cut instanceof CommandCutter.Cut.Refused refused) {
                cuts.add(List.of("refused", refused.toString()));
            } else if (cut instanceof CommandCutter.Cut.Continue) {
                cuts.add(List.of("+"));
            }
        });
        return cuts;
    }

    private static void cut(byte[] octets, int step, FrameLimits limits, Consumer<CommandCutter.Cut> found) {
        CommandCutter cutter = new CommandCutter(limits);
        for (int at = 0; at < octets.length; at += Math.max(step, 1)) {
            ByteBuf arrived = Unpooled.wrappedBuffer(octets, at, Math.min(Math.max(step, 1), octets.length - at));
            CommandCutter.Cut cut;
            do {
                cut = cutter.next(arrived, true);
                if (cut instanceof CommandCutter.Cut.Store store) {
                    store(store);
                }
                found.accept(cut);
                if (cut instanceof CommandCutter.Cut.Refused refused && refused.close()) {
                    cutter.discard();
                    return;
                }
            } while (!(cut instanceof CommandCutter.Cut.More));
        }
        cutter.discard();
    }

    private static void store(CommandCutter.Cut.Store store) {
        try {
            store.action().run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> strings(Frame frame) {
        List<String> strings = new ArrayList<>(List.of(frame.text()));
        for (Frame.Placed placed : frame.literals()) {
            try (InputStream content = placed.literal().getInputStream()) {
                strings.add(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return strings;
    }
}
