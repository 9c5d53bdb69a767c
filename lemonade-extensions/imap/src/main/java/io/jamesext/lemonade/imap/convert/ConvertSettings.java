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

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableMap;

import io.jamesext.converter.Task;
import io.jamesext.lemonade.imap.convert.Conversions.Conversion;

/**
 * What the parameters of a conversion say. RFC 5259 section 7.
 *
 * @param charset of the text that is made
 * @param replacement what stands for characters that the charset has not
 */
record ConvertSettings(Charset charset, Optional<String> replacement, Task.Picture picture) {
    private static final int MAX_REPLACEMENT = 16;
    private static final Pattern PIXELS = Pattern.compile("[1-9]\\d{0,4}");

    /** Parameters that are not understood, not meant for the conversion, or have values that cannot be: all of them, with their values. */
    static final class BadParametersException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String why;
        private final transient Map<String, String> parameters;

        BadParametersException(String why, Map<String, String> parameters) {
            super(why);
            this.why = why;
            this.parameters = ImmutableMap.copyOf(parameters);
        }

        /** For people. */
        String why() {
            return why;
        }

        Map<String, String> parameters() {
            return parameters;
        }
    }

    /**
     * Reads the parameters.
     *
     * @param parameters by names in lower case
     */
    static ConvertSettings read(Map<String, String> parameters, Conversion conversion, int maxPixels) throws BadParametersException {
        Map<String, String> bad = new LinkedHashMap<>();
        String why = "";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String wrong = wrong(parameter.getKey(), parameter.getValue(), parameters, conversion);
            if (!wrong.isEmpty()) {
                why = why.isEmpty() ? wrong : why;
                bad.put(parameter.getKey(), parameter.getValue());
            }
        }
        Task.Picture picture = bad.isEmpty() ? picture(parameters) : Task.Picture.ANY;
        if ((long) picture.width() * picture.height() > maxPixels) {
            throw new BadParametersException("Too many pixels.", ImmutableMap.of("pix-x", parameters.getOrDefault("pix-x", ""),
                "pix-y", parameters.getOrDefault("pix-y", "")));
        }
        if (!bad.isEmpty()) {
            throw new BadParametersException("A parameter is wrong: " + why + ".", bad);
        }
        return new ConvertSettings(charset(parameters).orElse(StandardCharsets.UTF_8),
            Optional.ofNullable(parameters.get(Conversions.REPLACEMENT)), picture);
    }

    /** What is wrong with a value; nothing where it is good. */
    private static String wrong(String name, String value, Map<String, String> all, Conversion conversion) {
        if (!conversion.parameters().contains(name)) {
            return "this conversion has no such parameter";
        }
        return switch (name) {
            case Conversions.CHARSET -> TextCharsets.find(value).isPresent() ? "" : "an unknown charset";
            case Conversions.REPLACEMENT -> wrongReplacement(value, all);
            case "depth" -> conversion.depths().contains(value) ? ""
                : "a picture of that type has a depth of " + String.join(" or ", conversion.depths());
            default -> PIXELS.matcher(value).matches() ? "" : "a number of pixels from 1 to 99999 is expected";
        };
    }

    private static String wrongReplacement(String value, Map<String, String> all) {
        if (value.length() > MAX_REPLACEMENT) {
            return "a replacement has at most 16 characters";
        }
        boolean encodable = charset(all).map(charset -> charset.newEncoder().canEncode(value)).orElse(true);
        return encodable ? "" : "the charset has not the characters of the replacement";
    }

    private static Optional<Charset> charset(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get(Conversions.CHARSET)).flatMap(TextCharsets::find);
    }

    private static Task.Picture picture(Map<String, String> parameters) {
        return new Task.Picture(number(parameters, "pix-x"), number(parameters, "pix-y"), number(parameters, "depth"));
    }

    private static int number(Map<String, String> parameters, String name) {
        return Integer.parseInt(parameters.getOrDefault(name, "0"));
    }
}
