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
package io.jamesext.agap.message;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

import com.google.common.collect.ImmutableList;

import reactor.core.publisher.Flux;

/**
 * The leaves of a MIME tree in the order of the message, read once from its stream. A message in a message is one leaf. Real mail is broken
 * in many ways, so nothing in it is an error.
 */
public final class Leaves implements Closeable {
    /** Multiparts deeper than this are one leaf; the parser's stack grows with each level, and anybody can send us a message. */
    private static final int MAX_DEPTH = 50;
    private static final MimeConfig LENIENT = MimeConfig.custom()
        .setMaxLineLen(-1)
        .setMaxHeaderCount(-1)
        .setMaxHeaderLen(-1)
        .setMaxContentLen(-1)
        .build();

    private final InputStream message;
    private final MimeTokenStream tokens = new MimeTokenStream(LENIENT);
    private ImmutableList.Builder<Header> building = ImmutableList.builder();
    private ImmutableList<Header> headers = ImmutableList.of();
    private ImmutableList<Header> messageHeaders = ImmutableList.of();
    private boolean begun;
    private int depth;
    private int index = -1;

    /** Reads this message, and closes it in the end. */
    public Leaves(InputStream message) {
        this.message = message;
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(message);
    }

    /** Lines that are read from a message while it is open. */
    @FunctionalInterface
    public interface Reading {
        Flux<String> lines(Leaves leaves) throws IOException;
    }

    /** Opens the message for whoever subscribes, and closes it behind the last line. */
    public static Flux<String> lines(Callable<InputStream> message, Reading reading) {
        return Flux.using(() -> new Leaves(message.call()), leaves -> {
            try {
                return reading.lines(leaves);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, leaves -> {
            try {
                leaves.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Goes to the next leaf; false at the message's end. */
    public boolean next() throws IOException {
        for (EntityState state = step(); state != EntityState.T_END_OF_STREAM; state = step()) {
            if (state == EntityState.T_BODY) {
                index++;
                return true;
            }
        }
        return false;
    }

    /** Goes on to the leaf that has this number, from 0. */
    public void skipTo(int wanted) throws IOException {
        boolean more = true;
        while (more && index < wanted) {
            more = next();
        }
    }

    /** One token on. */
    EntityState step() throws IOException {
        try {
            EntityState state = tokens.next();
            if (state == EntityState.T_START_HEADER) {
                building = ImmutableList.builder();
            } else if (state == EntityState.T_FIELD) {
                building.add(Header.of(tokens.getField()));
            } else if (state == EntityState.T_END_HEADER) {
                headers = building.build();
                messageHeaders = begun ? messageHeaders : headers;
                begun = true;
                tokens.setRecursionMode(depth < MAX_DEPTH ? RecursionMode.M_NO_RECURSE : RecursionMode.M_FLAT);
            } else if (state == EntityState.T_START_MULTIPART) {
                depth++;
            } else if (state == EntityState.T_END_MULTIPART) {
                depth--;
            }
            return state;
        } catch (MimeException e) {
            throw new IOException("the stored message cannot be parsed", e);
        }
    }

    /** The leaf's number, from 0. */
    public int index() {
        return index;
    }

    /** The header of the entity that the tokens stand in. */
    public ImmutableList<Header> headers() {
        return headers;
    }

    /** The header of the message itself. */
    public ImmutableList<Header> messageHeaders() {
        return messageHeaders;
    }

    /** Lower case, {@code text/plain} where the message names none. */
    public String mimeType() {
        return tokens.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
    }

    /** The leaf's charset as the message names it. */
    public String charset() {
        return tokens.getBodyDescriptor().getCharset();
    }

    /** The boundary of the multipart that begins here. */
    String boundary() {
        return tokens.getBodyDescriptor().getBoundary();
    }

    /** The leaf's content without its transfer encoding. */
    public InputStream content() {
        return tokens.getDecodedInputStream();
    }

    /** The leaf's content as a text of at most so many octets, read in its charset; nothing when it is longer. */
    public Optional<String> text(int maxOctets) throws IOException {
        byte[] octets = content().readNBytes(maxOctets + 1);
        return octets.length > maxOctets ? Optional.empty() : Optional.of(Leaf.decode(octets, Part.charset(charset())));
    }

    @Override
    public void close() throws IOException {
        message.close();
    }
}
