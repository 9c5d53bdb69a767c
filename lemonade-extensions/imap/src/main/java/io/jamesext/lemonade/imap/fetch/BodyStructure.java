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

package io.jamesext.lemonade.imap.fetch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;

import io.jamesext.urlauth.HeaderValue;
import io.jamesext.urlauth.MimePart;

/**
 * Writes BODY and BODYSTRUCTURE, and the BODYPARTSTRUCTURE of RFC 5524, which is a BODYSTRUCTURE of a part. RFC 3501 section 7.4.2 and
 * section 9, body:
 *
 * <pre>
 * body            = "(" (body-type-1part / body-type-mpart) ")"
 * body-type-1part = type SP subtype SP params SP id SP description SP encoding SP octets
 *                   [SP envelope SP body SP lines (a message) / SP lines (a text)] [SP md5 SP disposition SP language SP location]
 * body-type-mpart = 1*body SP subtype [SP params SP disposition SP language SP location]
 * </pre>
 */
public final class BodyStructure {
    private static final CharMatcher WHITE = CharMatcher.anyOf(" \t");
    private static final Splitter LANGUAGES = Splitter.on(',').trimResults(WHITE).omitEmptyStrings();

    private final AnswerBuffer to;
    private final Form form;

    /** How much is told. */
    public enum Form {
        /** Without extension data. */
        BODY,
        /** With extension data. */
        BODYSTRUCTURE,
        /** The same for octets that go out as they are, NUL and all. */
        BODYSTRUCTURE_OF_BINARY
    }

    private BodyStructure(AnswerBuffer to, Form form) {
        this.to = to;
        this.form = form;
    }

    /** Writes the structure of a message or part. */
    public static void write(MimePart part, Form form, AnswerBuffer to) {
        new BodyStructure(to, form).body(part);
    }

    private void body(MimePart part) {
        to.open();
        if (part.kind() == MimePart.Kind.MULTIPART) {
            part.children().forEach(child -> {
                to.unspaced();
                body(child);
            });
            to.string(part.type().subtype().toUpperCase(Locale.ROOT));
            if (form != Form.BODY) {
                parameters(part.type().parameters());
                extension(part);
            }
        } else {
            single(part);
            if (form != Form.BODY) {
                to.nstring(field(part, "content-md5"));
                extension(part);
            }
        }
        to.close();
    }

    private void single(MimePart part) {
        to.string(part.type().type().toUpperCase(Locale.ROOT)).string(part.type().subtype().toUpperCase(Locale.ROOT));
        parameters(part.type().parameters());
        to.nstring(field(part, "content-id"))
            .nstring(field(part, "content-description"))
            .string(encoding(part))
            .number(part.body().length());
        if (part.kind() == MimePart.Kind.MESSAGE) {
            MimePart message = part.children().get(0);
            Envelope.write(message.fields(), to);
            body(message);
            to.number(part.lines());
        } else if (part.type().is("text")) {
            to.number(part.lines());
        }
    }

    private String encoding(MimePart part) {
        String encoding = part.encoding().toUpperCase(Locale.ROOT);
        // RFC 3516 section 6: never one that IMAP without BINARY cannot carry; the octets go out as those of 8bit do.
        return encoding.equals("BINARY") && form != Form.BODYSTRUCTURE_OF_BINARY ? "8BIT" : encoding;
    }

    private void extension(MimePart part) {
        Optional<HeaderValue> disposition = field(part, "content-disposition").map(HeaderValue::parse)
            .filter(value -> !value.value().isEmpty());
        if (disposition.isPresent()) {
            to.open().string(disposition.get().value());
            parameters(disposition.get().parameters());
            to.close();
        } else {
            to.nil();
        }
        language(field(part, "content-language").map(LANGUAGES::splitToList).orElse(List.of()));
        // RFC 2557 section 4.4.1: white space in it is folding.
        to.nstring(field(part, "content-location").map(WHITE::removeFrom));
    }

    private void language(List<String> languages) {
        if (languages.size() < 2) {
            to.nstring(languages.stream().findFirst());
            return;
        }
        to.open();
        languages.forEach(to::string);
        to.close();
    }

    private void parameters(List<HeaderValue.Parameter> all) {
        List<HeaderValue.Parameter> parameters = to.utf8() ? all : Downgrade.parameters(all);
        if (parameters.isEmpty()) {
            to.nil();
            return;
        }
        to.open();
        parameters.forEach(parameter -> to.string(parameter.name().toUpperCase(Locale.ROOT)).string(parameter.value()));
        to.close();
    }

    private Optional<String> field(MimePart part, String name) {
        return part.field(name)
            .flatMap(value -> to.utf8() ? Optional.of(value) : Downgrade.value(name, value))
            .filter(value -> !value.isEmpty());
    }
}
