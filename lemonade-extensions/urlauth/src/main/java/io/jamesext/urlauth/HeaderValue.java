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

package io.jamesext.urlauth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A structured header value with parameters, as Content-Type and Content-Disposition have. RFC 2045 section 5.1:
 *
 * <pre>
 * value *(";" attribute "=" (token / quoted-string))
 * </pre>
 *
 * <p>Comments are left out, quotes taken off, and what cannot be read is skipped up to the next semicolon: headers are what other people's
 * programs write. RFC 2231 names ({@code filename*0*}) stay as they are.
 */
public record HeaderValue(String value, List<Parameter> parameters) {
    /** Parameters of one field that are read: each is told to clients. */
    private static final int MAX_PARAMETERS = 200;

    /** A name, as written, and its value. */
    public record Parameter(String name, String value) {
    }

    public HeaderValue {
        parameters = List.copyOf(parameters);
    }

    public static HeaderValue parse(String field) {
        return new Reader(field).read();
    }

    public Optional<String> parameter(String name) {
        return parameters.stream().filter(parameter -> parameter.name().equalsIgnoreCase(name)).map(Parameter::value).findFirst();
    }

    private static final class Reader {
        private final String field;
        private int at;

        Reader(String field) {
            this.field = field;
        }

        HeaderValue read() {
            String value = text(";");
            List<Parameter> parameters = new ArrayList<>();
            while (at < field.length() && parameters.size() < MAX_PARAMETERS) {
                // The semicolon that ended the last one.
                at++;
                String name = text("=;");
                if (at < field.length() && field.charAt(at) == '=') {
                    at++;
                    String parameter = text(";");
                    if (!name.isEmpty()) {
                        parameters.add(new Parameter(name, parameter));
                    }
                }
            }
            return new HeaderValue(value, parameters);
        }

        /** Up to one of the ends; quotes hide them, comments go, and so does white space around what is left. */
        private String text(String ends) {
            StringBuilder text = new StringBuilder();
            int kept = 0;
            while (at < field.length() && ends.indexOf(field.charAt(at)) < 0) {
                char c = field.charAt(at);
                if (c == '"') {
                    quoted(text);
                    kept = text.length();
                } else if (c == '(') {
                    comment();
                } else {
                    boolean white = c == ' ' || c == '\t';
                    if (!white || text.length() > 0) {
                        text.append(c);
                    }
                    kept = white ? kept : text.length();
                    at++;
                }
            }
            return text.substring(0, kept);
        }

        private void quoted(StringBuilder text) {
            at++;
            while (at < field.length() && field.charAt(at) != '"') {
                if (field.charAt(at) == '\\' && at + 1 < field.length()) {
                    at++;
                }
                text.append(field.charAt(at++));
            }
            at = Math.min(at + 1, field.length());
        }

        private void comment() {
            int depth = 0;
            do {
                char c = field.charAt(at++);
                if (c == '\\') {
                    at = Math.min(at + 1, field.length());
                } else if (c == '(') {
                    depth++;
                } else if (c == ')') {
                    depth--;
                }
            } while (depth > 0 && at < field.length());
        }
    }
}
