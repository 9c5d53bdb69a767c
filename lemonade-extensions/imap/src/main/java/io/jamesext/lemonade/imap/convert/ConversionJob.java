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

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.converter.Converter;
import io.jamesext.converter.Outcome;
import io.jamesext.converter.Task;
import io.jamesext.lemonade.imap.convert.Conversions.Conversion;
import io.jamesext.lemonade.imap.convert.Conversions.Work;
import io.jamesext.lemonade.imap.convert.ConvertError.Code;
import io.jamesext.lemonade.imap.convert.ConvertRequest.Wanted;
import io.jamesext.lemonade.imap.convert.ConvertSettings.BadParametersException;
import io.jamesext.lemonade.imap.convert.TextCharsets.UnencodableException;
import io.jamesext.urlauth.HeaderValue;
import io.jamesext.urlauth.MimePart;
import io.jamesext.urlauth.Section;
import io.jamesext.urlauth.SectionReader;
import io.jamesext.urlauth.UrlContent;

/**
 * A part of a message, and the line of the table that says what is to become of it, with parameters that are good.
 *
 * @param given the parameters as the client wrote them
 */
record ConversionJob(MessageResult message, Section section, MimePart part, Conversion conversion, ConvertSettings settings,
                     Map<String, String> given) {
    private static final int TEXT_FACTOR = 6;
    private static final int MARK_UP_FACTOR = 4;
    /** Characters of HTML that one octet may become, as in "&#1077;". */
    private static final int LONGEST = 7;
    private static final String TOO_LARGE = "The content, or what would be made of it, is too large.";

    /** Chooses the conversion and checks its parameters; reads the structure of the message, and no content. */
    static ConversionJob of(MessageResult message, Section section, Wanted wanted, Source source)
            throws ConvertErrorException, IOException, MailboxException {
        Optional<MimePart> found = source.sections.described(message, section);
        if (found.isEmpty()) {
            throw new ConvertErrorException(new ConvertError("There is no such part.", Code.BADPARAMETERS, Optional.empty(),
                wanted.target().orElse(Conversions.PLAIN), wanted.parameters()));
        }
        String from = type(found.get());
        Conversion conversion = choice(from, wanted, source.table);
        try {
            ConvertSettings settings = ConvertSettings.read(wanted.parameters(), conversion, source.limits.maxPixels());
            return new ConversionJob(message, section, found.get(), conversion, settings, wanted.parameters());
        } catch (BadParametersException e) {
            throw ConvertErrorException.bad(e.why(), conversion, e.parameters());
        }
    }

    /** Where the content is, what can be made of it, and within which limits. */
    record Source(SectionReader sections, Conversions table, Converter.Limits limits) {
    }

    private static String type(MimePart part) {
        return (part.type().type() + "/" + part.type().subtype()).toLowerCase(Locale.ROOT);
    }

    private static Conversion choice(String from, Wanted wanted, Conversions table) throws ConvertErrorException {
        String to = wanted.target().orElse(table.defaultTarget(from));
        return table.find(from, to).orElseThrow(() -> new ConvertErrorException(new ConvertError("There is no such conversion.",
            Code.BADPARAMETERS, Optional.of(from), to, Map.of())));
    }

    /** The types that a part can become with these parameters. RFC 5259 section 8.4. */
    static List<String> available(MessageResult message, Section section, Wanted wanted, Source source)
            throws ConvertErrorException, IOException, MailboxException {
        Optional<MimePart> part = source.sections.described(message, section);
        List<Conversion> candidates = part.isPresent() && wanted.target().isEmpty() ? source.table.from(type(part.get())) : List.of();
        if (part.isPresent() && wanted.target().isEmpty() && candidates.isEmpty()) {
            return List.of();
        }
        List<String> possible = candidates.stream().filter(line -> fits(line, wanted, source)).map(Conversion::to).toList();
        // Where none is left, or one type is asked for, what is wrong is told as in an attempt to convert.
        return possible.isEmpty() ? List.of(of(message, section, wanted, source).conversion.to()) : possible;
    }

    private static boolean fits(Conversion conversion, Wanted wanted, Source source) {
        try {
            ConvertSettings.read(wanted.parameters(), conversion, source.limits.maxPixels());
            return true;
        } catch (BadParametersException e) {
            return false;
        }
    }

    /** The content without its transfer encoding, of which nothing is read into memory yet. */
    UrlContent content(Source source) throws ConvertErrorException, IOException, MailboxException {
        if (!source.sections.isDecodable(message, section)) {
            throw bad("The content has an unknown transfer encoding.");
        }
        UrlContent content = source.sections.decoded(message, section).orElseThrow().content();
        if (content.sizeBytes() > source.limits.maxInputBytes()) {
            throw bad(TOO_LARGE);
        }
        return content;
    }

    /** Whether it is done here, and not by the converter. */
    boolean isText() {
        return conversion.work() == Work.CHARSET || conversion.work() == Work.MARK_UP;
    }

    /** Memory that the text takes: its octets, its characters, and what becomes of them. */
    long memory(long bytes, int maxBytes) {
        return TEXT_FACTOR * bytes + (conversion.work() == Work.MARK_UP ? MARK_UP_FACTOR * Math.min(LONGEST * bytes, maxBytes) : 0);
    }

    /** What the converter is to do. */
    Task task(byte[] content) throws ConvertErrorException {
        Task.Kind kind = switch (conversion.work()) {
            case PICTURE -> Task.Kind.PICTURE;
            case DOCUMENT -> Task.Kind.DOCUMENT;
            case HTML, CHARSET, MARK_UP -> Task.Kind.HTML;
        };
        String charset = kind == Task.Kind.HTML ? declaredCharset().map(Charset::name).orElse("") : "";
        return new Task(kind, conversion.from(), conversion.to(), charset, settings.picture(), content);
    }

    private Optional<Charset> declaredCharset() throws ConvertErrorException {
        Optional<String> name = part.type().parameters().stream().filter(parameter -> parameter.name().equalsIgnoreCase("charset"))
            .map(HeaderValue.Parameter::value).findFirst();
        Optional<Charset> charset = name.flatMap(TextCharsets::find);
        if (name.isPresent() && charset.isEmpty()) {
            throw bad("The charset of the content is unknown.");
        }
        return charset;
    }

    /** Text in its new charset, and marked up where it becomes HTML. */
    Converted text(byte[] content, int maxBytes) throws ConvertErrorException {
        String text = TextCharsets.decode(content, declaredCharset().orElse(StandardCharsets.US_ASCII));
        return encoded(conversion.work() == Work.MARK_UP ? html(text, settings.charset(), maxBytes) : text, maxBytes);
    }

    /** What the converter has made of it. */
    Converted made(Outcome outcome, int maxBytes) throws ConvertErrorException {
        return switch (outcome.result()) {
            case CONVERTED -> conversion.work() == Work.PICTURE
                ? Converted.Part.of(conversion.to(), "", outcome.content(), part.fields())
                : settings.charset().equals(StandardCharsets.UTF_8)
                ? Converted.Part.of(conversion.to(), settings.charset().name(), outcome.content(), part.fields())
                : encoded(new String(outcome.content(), StandardCharsets.UTF_8), maxBytes);
            case TOO_LARGE -> throw bad(TOO_LARGE);
            case BROKEN -> throw bad("The content is broken, or not what its type says.");
            case FATAL -> throw bad("The content takes more memory than a conversion may have.");
            case TIMED_OUT -> throw temporary("The conversion took too long.", Code.TEMPFAIL_10);
            case UNAVAILABLE -> throw busy();
        };
    }

    private Converted encoded(CharSequence text, int maxBytes) throws ConvertErrorException {
        try {
            byte[] octets = TextCharsets.encode(text, settings.charset(), settings.replacement(), maxBytes);
            return Converted.Part.of(conversion.to(), settings.charset().name(), octets, part.fields());
        } catch (UnencodableException e) {
            if (e.tooLarge() || !given.containsKey(Conversions.CHARSET)) {
                throw bad(TOO_LARGE);
            }
            // RFC 5259 section 7.1.
            throw ConvertErrorException.bad("The text has characters that the charset has not.", conversion,
                Map.of(Conversions.CHARSET, given.get(Conversions.CHARSET)));
        }
    }

    /** Characters that the charset has not are numbers. What is too large is not finished: it has more characters than octets may be. */
    static CharSequence html(String text, Charset charset, int maxBytes) {
        CharsetEncoder encoder = charset.newEncoder();
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\r\n<html><head><meta charset=\"").append(charset.name())
            .append("\"><title></title></head>\r\n<body><pre style=\"white-space: pre-wrap\">");
        int c;
        for (int i = 0; i < text.length() && html.length() <= maxBytes; i += Character.charCount(c)) {
            c = text.codePointAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                default -> {
                    if (c < 128 || encoder.canEncode(Character.toString(c))) {
                        html.appendCodePoint(c);
                    } else {
                        html.append("&#").append(c).append(';');
                    }
                }
            }
        }
        return html.append("</pre></body></html>\r\n");
    }

    private ConvertErrorException bad(String text) {
        return ConvertErrorException.bad(text, conversion, Map.of());
    }

    /** Others are being served. */
    static ConvertErrorException busy() {
        return temporary("Too much is being converted.", Code.TEMPFAIL_1);
    }

    private static ConvertErrorException temporary(String text, Code code) {
        return new ConvertErrorException(new ConvertError(text, code, Optional.empty(), "", Map.of()));
    }
}
