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
package io.jamesext.ximss.mail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/**
 * Encoded words (RFC 2047). The decoder of mime4j takes time by the cube of a text that begins many words and ends none, so it is
 * only given runs of whole ones.
 */
final class EncodedWords {
    /** RFC 2047 section 2 allows 75 characters; senders are less strict. Bounds the search for each word's end. */
    private static final Pattern WORD = Pattern.compile("=\\?[^?\\s]{1,64}\\?[QqBb]\\?[^?]{0,1000}\\?=");
    private static final String BEGIN = "=?";
    /** A character that no decoder looks for and no header holds. */
    private static final String MASKED = "=\u0001?";

    private EncodedWords() {
    }

    /** The text with its words decoded; what only looks like one stays as it is. */
    static String decode(String text) {
        if (!text.contains(BEGIN)) {
            return text;
        }
        StringBuilder decoded = new StringBuilder();
        Matcher word = WORD.matcher(text);
        int done = 0;
        int run = -1;
        int end = 0;
        while (word.find()) {
            // Section 6.2: white space between two words is not shown; mime4j sees to that within a run.
            if (run < 0 || !text.substring(end, word.start()).isBlank()) {
                if (run >= 0) {
                    decoded.append(text, done, run).append(words(text.substring(run, end)));
                    done = end;
                }
                run = word.start();
            }
            end = word.end();
        }
        if (run >= 0) {
            decoded.append(text, done, run).append(words(text.substring(run, end)));
            done = end;
        }
        return decoded.append(text, done, text.length()).toString();
    }

    private static String words(String run) {
        return DecoderUtil.decodeEncodedWords(run, DecodeMonitor.SILENT);
    }

    /** Hides the words from a parser that would decode them by itself. */
    static String mask(String text) {
        return text.replace(BEGIN, MASKED);
    }

    /** Decodes what {@link #mask} hid. */
    static String unmask(String text) {
        return decode(text.replace(MASKED, BEGIN));
    }
}
