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
package io.jamesext.ximss.rule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * What values are compared with: texts in which an asterisk stands for any characters. CommuniGate's manual, "Rules": one with the
 * operators is and is not, several between commas with in and not in. Letter case does not matter.
 */
record Pictures(List<Picture> pictures) {
    /** Protects whoever looks for them in each message. */
    private static final int MAX_PICTURES = 50;
    private static final String ANY = "*";

    /**
     * One of them: a value is met that begins with this and ends with that, or has the one within.
     *
     * @param within no asterisk is in it; empty unless one is at each end
     * @param isExact whether there is no asterisk, so {@code start} is all
     */
    record Picture(String start, String end, String within, boolean isExact) {
        static Picture of(String text) {
            String plain = text.replaceAll("\\*+", ANY);
            int first = plain.indexOf(ANY);
            int last = plain.lastIndexOf(ANY);
            if (first < 0) {
                return new Picture(plain, "", "", true);
            }
            if (first == last) {
                return new Picture(plain.substring(0, first), plain.substring(first + 1), "", false);
            }
            if (first == 0 && last == plain.length() - 1 && plain.indexOf(ANY, 1) == last) {
                return new Picture("", "", plain.substring(1, last), false);
            }
            // jSieve tries all places for each asterisk: a long header field would keep James busy for minutes.
            throw new ProtocolException(Failure.NOT_SUPPORTED, "more asterisks than one, or one at each end, are not supported");
        }

        boolean isWithin() {
            return !within.isEmpty();
        }

        /** With an asterisk at one end, in the middle, or alone. */
        boolean isMatching() {
            return !isExact && !isWithin();
        }

        /** RFC 5228 section 2.7.1: a question mark and a backslash mean something with {@code :matches}. */
        String matching() {
            return escaped(start) + ANY + escaped(end);
        }

        /** What is in every value that is met. */
        String literal() {
            return isWithin() ? within : end.length() > start.length() ? end : start;
        }

        /** What shows, in a header field, an address in angle brackets that is met; empty where nothing does so alone. */
        Stream<String> inBrackets() {
            if (isExact) {
                return Stream.of("<" + start + ">");
            }
            return isWithin() || !start.isEmpty() && !end.isEmpty() ? Stream.empty()
                : Stream.of(start.isEmpty() && end.isEmpty() ? "@" : start.isEmpty() ? end + ">" : "<" + start);
        }

        private static String escaped(String text) {
            return text.replace("\\", "\\\\").replace("?", "\\?");
        }
    }

    /**
     * Reads them.
     *
     * @param several whether a comma parts them
     * @throws ProtocolException when there is none, there are too many, or one has its asterisks elsewhere
     */
    static Pictures of(String text, boolean several) {
        return new Pictures(split(text, several).stream().flatMap(Pictures::spellings).map(Picture::of).toList());
    }

    /** RFC 6532: a header field may have UTF-8 as it is. JavaMail, which James reads it by, takes each octet of that for a character. */
    private static Stream<String> spellings(String text) {
        return Stream.of(text, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)).distinct();
    }

    /** The texts between commas, or the one. */
    static List<String> split(String text, boolean several) {
        List<String> texts = (several ? Arrays.stream(text.split(",", -1)) : Stream.of(text))
            .map(String::strip)
            .filter(one -> !one.isEmpty())
            .limit(MAX_PICTURES + 1L)
            .toList();
        if (texts.isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "a condition has a text to compare with");
        }
        if (texts.size() > MAX_PICTURES) {
            throw new ProtocolException(Failure.TOO_BIG, "a condition has at most " + MAX_PICTURES + " texts");
        }
        return texts;
    }

    /** The Sieve test that one of them is met by a value. */
    String test(String test, String of) {
        return SieveText.anyOf(Stream.of(test(test, ":is", of, Picture::isExact, Picture::start),
                test(test, ":contains", of, Picture::isWithin, Picture::within),
                test(test, ":matches", of, Picture::isMatching, Picture::matching))
            .flatMap(tests -> tests).toList());
    }

    /**
     * The Sieve test that one of them is met by an address in a header field. Many real fields are not addresses by RFC 5322, such as
     * {@code me@home.example <me@home.example>}, and when James's address test meets one, the whole script fails. So the header is looked
     * at first, and the address test is asked only where that does not decide.
     */
    String addressTest(String of) {
        return SieveText.anyOf(Stream.of(
                test("header", ":is", of, Picture::isExact, Picture::start),
                keys("header", ":contains", of, pictures.stream().flatMap(Picture::inBrackets).toList()),
                decided(":is", of, Picture::isExact, Picture::start),
                decided(":contains", of, Picture::isWithin, Picture::within),
                decided(":matches", of, picture -> picture.isMatching() && !picture.literal().isEmpty(), Picture::matching))
            .flatMap(tests -> tests).toList());
    }

    private Stream<String> decided(String how, String of, Predicate<Picture> which, Function<Picture, String> key) {
        return test("header", ":contains", of, which, Picture::literal)
            .flatMap(possible -> test("address", how, of, which, key).map(sure -> "allof (" + possible + ", " + sure + ")"));
    }

    private Stream<String> test(String test, String how, String of, Predicate<Picture> which, Function<Picture, String> key) {
        return keys(test, how, of, pictures.stream().filter(which).map(key).toList());
    }

    private static Stream<String> keys(String test, String how, String of, List<String> keys) {
        return keys.isEmpty() ? Stream.empty() : Stream.of(test + ' ' + how + ' ' + of + ' ' + SieveText.list(keys));
    }
}
