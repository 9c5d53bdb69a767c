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

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import com.google.common.collect.ImmutableList;

/**
 * Copies a message without one of its parts; every other octet stays as it is. It takes for a delimiter what the parser takes for one: a
 * line that begins with two hyphens and the boundary of a multipart that is open, the outer ones first.
 */
final class PartCut {
    private final List<PartPlaces.Step> place;
    private final List<byte[]> delimiters;
    private final InputStream in;
    private final OutputStream out;
    /** How many of the steps are done; parts of the multipart at hand that have begun. */
    private int entered;
    private int begun;
    private boolean cutting;
    private boolean done;

    private PartCut(List<PartPlaces.Step> place, InputStream in, OutputStream out) {
        this.place = place;
        this.delimiters = place.stream().map(step -> ("--" + step.boundary()).getBytes(StandardCharsets.ISO_8859_1)).toList();
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    /** Copies all but the part at that place; of the message itself, its header without what tells of its content. */
    static void copy(ImmutableList<PartPlaces.Step> place, InputStream in, OutputStream out) throws IOException {
        PartCut cut = new PartCut(place, in, out);
        if (place.isEmpty()) {
            cut.header();
        } else {
            cut.lines();
        }
    }

    private void lines() throws IOException {
        for (int first = in.read(); first >= 0; first = in.read()) {
            if (first == '-' && !done) {
                in.mark(2);
                boolean hyphens = in.read() == '-';
                in.reset();
                if (hyphens) {
                    delimiter();
                }
            }
            line(first);
        }
        if (!cutting && !done) {
            throw new IOException("there is no such part");
        }
    }

    /** Looks whether a delimiter of an open multipart begins one octet back. */
    private void delimiter() throws IOException {
        for (int i = 0; i <= entered; i++) {
            if (isNext(delimiters.get(i))) {
                reached(i);
                return;
            }
        }
    }

    private boolean isNext(byte[] delimiter) throws IOException {
        in.mark(delimiter.length);
        byte[] there = in.readNBytes(delimiter.length - 1);
        in.reset();
        return there.length == delimiter.length - 1
            && new String(delimiter, 1, there.length, StandardCharsets.ISO_8859_1).equals(new String(there, StandardCharsets.ISO_8859_1));
    }

    private void reached(int level) throws IOException {
        if (cutting) {
            cutting = false;
            done = true;
        } else if (level < entered) {
            throw new IOException("the part ended before it was found");
        } else if (++begun == place.get(level).number()) {
            if (level + 1 == place.size()) {
                cutting = true;
            } else {
                entered++;
                begun = 0;
            }
        }
    }

    private void line(int first) throws IOException {
        for (int octet = first; octet >= 0; octet = octet == '\n' ? -1 : in.read()) {
            if (!cutting) {
                out.write(octet);
            }
        }
    }

    /** RFC 2045 section 3: the header fields of content begin with {@code Content-}. */
    private void header() throws IOException {
        byte[] name = "content-".getBytes(StandardCharsets.US_ASCII);
        for (int first = in.read(); first >= 0 && first != '\n' && first != '\r'; first = in.read()) {
            if (first != ' ' && first != '\t') {
                in.mark(name.length);
                String there = (char) first + new String(in.readNBytes(name.length - 1), StandardCharsets.ISO_8859_1);
                in.reset();
                cutting = there.toLowerCase(Locale.ROOT).equals("content-");
            }
            line(first);
        }
        out.write('\r');
        out.write('\n');
    }
}
