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
package io.jamesext.ximss.skin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.james.core.Domain;

import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.frame.XmlReader;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.reply.Strings;
import io.jamesext.ximss.xml.Element;

/**
 * The vocabularies that clients read. XIMSS, "Service Operations", readStrings. Those in the jar are English, which is the default,
 * French and German. In a skin, the operator's {@code strings.xml} changes and adds words in every language, and
 * {@code strings-LANGUAGE.xml} in one, which may be a language that the jar has not. What comes later in this order wins, word by word:
 * all English before the language that is asked for; within each, the jar, the unnamed skin for all domains, for the domain, and the
 * named skin likewise.
 */
public final class Vocabularies {
    /** What readStrings is answered with; longer is a mistake of the operator's. */
    private static final int MAX_FILE_BYTES = 256 * 1024;
    private static final String ENGLISH = "";
    private static final Pattern LANGUAGE = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Map<String, BuiltIn> BUILT_IN = ImmutableMap.of(
        ENGLISH, BuiltIn.read("strings.xml"),
        "french", BuiltIn.read("strings-french.xml"),
        "german", BuiltIn.read("strings-german.xml"));

    private final Skins skins;

    /** One of the jar's own. Its file says when it was last changed, for a jar's entries have any time. */
    private record BuiltIn(Vocabulary vocabulary, Instant modified) {
        static BuiltIn read(String resource) {
            try (InputStream in = Objects.requireNonNull(Vocabularies.class.getResourceAsStream(resource), resource)) {
                Element root = XmlReader.document(in.readAllBytes(), Optional.empty());
                return new BuiltIn(Vocabulary.of(root), Times.parse(root.required("timeModified"), ZoneOffset.UTC));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** With the operator's skins over the jar's own. */
    public Vocabularies(Skins skins) {
        this.skins = skins;
    }

    /**
     * The vocabulary of a domain's skin. Blocks.
     *
     * @param skin empty for the unnamed one
     * @param asked a language by its English name; one that nobody has is answered in English
     * @param known when the vocabulary was changed that the client has; where ours is not newer, no words are sent
     * @throws ProtocolException when there is no such skin
     */
    public Strings read(Domain domain, String skin, Optional<String> asked, Optional<Instant> known) throws IOException {
        List<Path> folders = new ArrayList<>(skins.folders(domain, skin));
        if (!skin.isEmpty()) {
            folders.addAll(skins.folders(domain, ""));
        }
        Collections.reverse(folders);
        String name = asked.orElse(ENGLISH);
        String language = name.toLowerCase(Locale.ROOT);
        boolean other = isKnown(language, folders);
        List<String> languages = other ? List.of(ENGLISH, language) : List.of(ENGLISH);
        Instant modified = modified(languages, folders);
        boolean newer = known.map(modified::isAfter).orElse(true);
        return new Strings(other ? name : ENGLISH, modified,
            newer ? List.copyOf(vocabulary(languages, folders).entries().values()) : List.of());
    }

    /** English is the one that every other stands on. */
    private boolean isKnown(String language, List<Path> folders) throws IOException {
        if (!LANGUAGE.matcher(language).matches()) {
            return false;
        }
        boolean known = BUILT_IN.containsKey(language);
        for (Path folder : folders) {
            known |= skins.find(folder, fileName(language)).isPresent();
        }
        return known;
    }

    /** The folders count too: who takes a file away changes the vocabulary. */
    private Instant modified(List<String> languages, List<Path> folders) throws IOException {
        List<Instant> times = new ArrayList<>();
        for (Path folder : folders) {
            times.add(SkinFile.seconds(Files.readAttributes(folder, BasicFileAttributes.class)));
        }
        for (String language : languages) {
            Optional.ofNullable(BUILT_IN.get(language)).ifPresent(builtIn -> times.add(builtIn.modified));
            for (Path folder : folders) {
                skins.find(folder, fileName(language)).ifPresent(file -> times.add(file.modified()));
            }
        }
        return Collections.max(times);
    }

    private Vocabulary vocabulary(List<String> languages, List<Path> folders) throws IOException {
        Vocabulary vocabulary = Vocabulary.EMPTY;
        for (String language : languages) {
            BuiltIn builtIn = BUILT_IN.get(language);
            vocabulary = builtIn == null ? vocabulary : vocabulary.with(builtIn.vocabulary);
            for (Path folder : folders) {
                Optional<SkinFile> file = skins.find(folder, fileName(language));
                vocabulary = file.isPresent() ? vocabulary.with(read(file.get())) : vocabulary;
            }
        }
        return vocabulary;
    }

    private static Vocabulary read(SkinFile file) throws IOException {
        try {
            return Vocabulary.of(XmlReader.document(file.read(MAX_FILE_BYTES), Optional.empty()));
        } catch (ProtocolException | IllegalArgumentException e) {
            // The operator's fault and none of the client's: it belongs into the log.
            throw new IllegalStateException("no vocabulary: " + file.path(), e);
        }
    }

    private static String fileName(String language) {
        return language.equals(ENGLISH) ? "strings.xml" : "strings-" + language + ".xml";
    }
}
