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
package io.jamesext.lemonade.imap.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of what can be made of what. RFC 5259 sections 5 and 7. Types are in lower case. */
final class Conversions {
    static final String CHARSET = "charset";
    static final String REPLACEMENT = "unknown-character-replacement";
    static final String PLAIN = "text/plain";
    private static final String HTML = "text/html";
    /** RFC 2045 section 5.1, token; RFC 4288 section 4.2 for the length. */
    private static final String NAME = "[A-Za-z0-9!#$&.+^_-]{1,127}";
    private static final Pattern TYPE = Pattern.compile(NAME + "/" + NAME);
    private static final Pattern PATTERN = Pattern.compile("\\*|" + NAME + "/(\\*|" + NAME + ")");

    /** Parameters of what makes text. RFC 5259 section 7.1. */
    private static final List<String> OF_TEXT = List.of(CHARSET, REPLACEMENT);
    /** RFC 2534 section 3.1 for the first two; RFC 5259 section 7.2 for the last. */
    private static final List<String> OF_PICTURES = List.of("pix-x", "pix-y", "depth");

    /** RFC 5259 section 7.1. HTML and XML say their charset in their text too, where it would have to be found and changed. */
    private static final List<String> TEXTS = List.of(PLAIN, "text/css", "text/csv", "text/enriched");
    private static final List<String> PICTURES = List.of("image/jpeg", "image/png", "image/gif", "image/bmp", "image/x-ms-bmp",
        "image/tiff", "image/vnd.wap.wbmp");
    private static final List<String> PICTURES_MADE = List.of("image/jpeg", "image/png", "image/gif");
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final String OPEN = "application/vnd.oasis.opendocument.";
    private static final List<String> DOCUMENTS = List.of("application/pdf", "application/msword", OFFICE + "wordprocessingml.document",
        "application/vnd.ms-excel", OFFICE + "spreadsheetml.sheet", "application/vnd.ms-powerpoint",
        OFFICE + "presentationml.presentation", OPEN + "text", OPEN + "spreadsheet", OPEN + "presentation", "application/rtf", "text/rtf",
        "application/epub+zip");
    private static final List<Conversion> ALL = table();

    private final String defaultPicture;

    /** Who does it. */
    enum Work {
        /** The same text in another charset. */
        CHARSET,
        /** Plain text becomes HTML. */
        MARK_UP,
        PICTURE, HTML, DOCUMENT
    }

    /** A line of the table. */
    record Conversion(String from, String to, Work work) {
        /** The names of what can be asked for, in lower case. */
        List<String> parameters() {
            return work == Work.PICTURE ? OF_PICTURES : OF_TEXT;
        }

        /** The bits per pixel that the new type can have. */
        List<String> depths() {
            return switch (to) {
                case "image/jpeg" -> List.of("8", "24");
                case "image/gif" -> List.of("1", "8");
                default -> List.of("1", "8", "24");
            };
        }
    }

    /**
     * The table.
     *
     * @param defaultPicture what pictures become where the client leaves that to us
     */
    Conversions(String defaultPicture) {
        this.defaultPicture = defaultPicture;
    }

    private static List<Conversion> table() {
        List<Conversion> all = new ArrayList<>();
        TEXTS.forEach(type -> all.add(new Conversion(type, type, Work.CHARSET)));
        all.add(new Conversion(PLAIN, HTML, Work.MARK_UP));
        Stream.of(HTML, "application/xhtml+xml").forEach(type -> all.add(new Conversion(type, PLAIN, Work.HTML)));
        // Text for readers as it stands.
        Stream.of("text/css", "text/csv").forEach(type -> all.add(new Conversion(type, PLAIN, Work.CHARSET)));
        DOCUMENTS.forEach(type -> all.add(new Conversion(type, PLAIN, Work.DOCUMENT)));
        PICTURES.forEach(type -> PICTURES_MADE.forEach(made -> all.add(new Conversion(type, made, Work.PICTURE))));
        return List.copyOf(all);
    }

    /** Whether it is a {@code concrete-mime-type}. */
    static boolean isType(String text) {
        return TYPE.matcher(text).matches();
    }

    /** Whether it is a {@code mime-type-req}: a type, all of a type, or all. */
    static boolean isPattern(String text) {
        return PATTERN.matcher(text).matches();
    }

    Optional<Conversion> find(String from, String to) {
        return ALL.stream().filter(line -> line.from.equals(from) && line.to.equals(to)).findFirst();
    }

    /** What a type becomes where the client leaves that to us; itself where nothing can be made of it. RFC 5259 section 6. */
    String defaultTarget(String from) {
        String target = from.startsWith("image/") ? defaultPicture : PLAIN;
        return find(from, target).or(() -> find(from, from)).map(Conversion::to).orElse(from);
    }

    /** All that can be made of a type. */
    List<Conversion> from(String from) {
        return ALL.stream().filter(line -> line.from.equals(from)).toList();
    }

    /** The lines that match two patterns. */
    List<Conversion> matching(String from, String to) {
        return ALL.stream().filter(line -> matcher(from).test(line.from) && matcher(to).test(line.to)).toList();
    }

    private static Predicate<String> matcher(String pattern) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.endsWith("*") ? type -> type.startsWith(lower.substring(0, lower.length() - 1)) : lower::equals;
    }
}
