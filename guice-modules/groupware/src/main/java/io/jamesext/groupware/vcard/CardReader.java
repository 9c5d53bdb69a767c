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
package io.jamesext.groupware.vcard;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.github.mangstadt.vinnie.SyntaxStyle;
import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataAdapter;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Reads cards from text, whatever wrote it: vCard 2.1, 3.0 and 4.0, and groups. What is broken in a card is left out, and so are cards
 * within cards (AGENT of vCard 2.1). A reader serves one message, for its limit is for all that is read together.
 */
public final class CardReader {
    /** Protects the heap: no property, parameter or part of a value comes without one of {@code \n ; ,}, so these are counted first. */
    private static final int MAX_PIECES = 20_000;
    private static final Pattern DATA_URI = Pattern.compile("data:([A-Za-z0-9!#$&^_.+/-]{0,100});base64,([A-Za-z0-9+/]*={0,2})",
        Pattern.CASE_INSENSITIVE);
    /** Files that were attached as they were have it. */
    private static final CharMatcher BYTE_ORDER_MARK = CharMatcher.is('\uFEFF');
    private static final CharMatcher SPACE = CharMatcher.whitespace();
    private static final Set<String> TEXT_ENCODINGS = Set.of("QUOTED-PRINTABLE", "8BIT", "7BIT");
    private static final Set<String> BINARY_ENCODINGS = Set.of("B", "BASE64");
    private static final Set<String> VALUE_KINDS = Set.of("INLINE", "URL", "URI", "CID", "CONTENT-ID");

    private int piecesLeft = MAX_PIECES;

    /**
     * Reads the cards of a text, in order.
     *
     * @return none when there are none in it
     * @throws ProtocolException when this and what was read before are too much together
     */
    public List<Card> read(String text) {
        int pieces = pieces(text);
        if (pieces > piecesLeft) {
            throw new ProtocolException(Failure.TOO_BIG, "the vCards are too big");
        }
        piecesLeft -= pieces;
        Collected cards = new Collected();
        SyntaxRules rules = SyntaxRules.vcard();
        // For groups, and for cards that do not say what they are: only version 2.1 is written by the old rules.
        rules.setDefaultSyntaxStyle(SyntaxStyle.NEW);
        try (VObjectReader reader = new VObjectReader(new StringReader(BYTE_ORDER_MARK.trimLeadingFrom(text)), rules)) {
            reader.setDefaultQuotedPrintableCharset(StandardCharsets.UTF_8);
            reader.parse(cards);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cards.all();
    }

    /** A folded line's parts are one piece: RFC 6350 section 3.2. */
    private static int pieces(String text) {
        int pieces = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isFolded = i + 1 < text.length() && (text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '\t');
            if (c == ';' || c == ',' || c == '\n' && !isFolded) {
                pieces++;
            }
        }
        return pieces;
    }

    private static final class Collected extends VObjectDataAdapter {
        private final List<Card> cards = new ArrayList<>();
        private List<CardProperty> properties = new ArrayList<>();
        private Card.Version version = Card.Version.V3;
        private Optional<Card.Kind> open = Optional.empty();

        List<Card> all() {
            end();
            return cards;
        }

        private void end() {
            open.ifPresent(kind -> cards.add(Card.of(kind, version, properties)));
            open = Optional.empty();
            properties = new ArrayList<>();
            version = Card.Version.V3;
        }

        @Override
        public void onComponentBegin(String name, Context context) {
            if (context.getParentComponents().isEmpty()) {
                end();
                open = kind(name);
            }
        }

        @Override
        public void onComponentEnd(String name, Context context) {
            if (context.getParentComponents().isEmpty()) {
                end();
            }
        }

        @Override
        public void onVersion(String value, Context context) {
            if (context.getParentComponents().size() == 1) {
                version = Card.Version.of(value);
            }
        }

        @Override
        public void onProperty(VObjectProperty line, Context context) {
            if (context.getParentComponents().size() != 1 || open.isEmpty()) {
                return;
            }
            if (line.getName().equalsIgnoreCase("VERSION")) {
                version = Card.Version.of(line.getValue());
            } else {
                property(line).ifPresent(properties::add);
            }
        }

        private static Optional<Card.Kind> kind(String name) {
            for (Card.Kind kind : Card.Kind.values()) {
                if (kind.component().equalsIgnoreCase(name)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** The property of a line; none when its names cannot be names or it says to be base64 and is not. */
    private static Optional<CardProperty> property(VObjectProperty line) {
        ImmutableList.Builder<String> types = ImmutableList.builder();
        ListMultimap<String, String> others = MultimapBuilder.linkedHashKeys().arrayListValues().build();
        for (Map.Entry<@Nullable String, List<String>> parameter : line.getParameters()) {
            for (String value : parameter.getValue()) {
                String name = Optional.ofNullable(parameter.getKey()).orElseGet(() -> nameOf(value)).toUpperCase(Locale.US);
                if (name.equals("TYPE")) {
                    Splitter.on(',').trimResults().omitEmptyStrings().split(value).forEach(types::add);
                } else {
                    others.put(name, value);
                }
            }
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        others.asMap().forEach((name, values) -> parameters.put(name, String.join(",", values)));
        String encoding = Optional.ofNullable(parameters.remove("ENCODING")).orElse("").toUpperCase(Locale.US);
        parameters.remove("CHARSET");
        boolean isBinary = BINARY_ENCODINGS.contains(encoding);
        String value = isBinary ? SPACE.removeFrom(line.getValue()) : line.getValue();
        Matcher data = DATA_URI.matcher(value);
        if (!isBinary && data.matches()) {
            parameters.put("MEDIATYPE", data.group(1));
            value = data.group(2);
            isBinary = true;
        }
        try {
            return Optional.of(new CardProperty(Optional.ofNullable(line.getGroup()), line.getName(), types.build(),
                ImmutableMap.copyOf(parameters), value, isBinary));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** vCard 2.1 leaves the names of parameters out: its values are different words for each. */
    private static String nameOf(String value) {
        String word = value.toUpperCase(Locale.US);
        return TEXT_ENCODINGS.contains(word) || BINARY_ENCODINGS.contains(word) ? "ENCODING"
            : VALUE_KINDS.contains(word) ? "VALUE" : "TYPE";
    }
}
