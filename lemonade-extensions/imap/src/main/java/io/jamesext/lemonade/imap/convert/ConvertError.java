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

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import com.google.common.collect.ImmutableMap;

import io.jamesext.lemonade.imap.fetch.AnswerBuffer;

/**
 * What stands in the place of an answer that cannot be given. RFC 5259 sections 9 and 10, converterror-phrase:
 *
 * <pre>
 * "(" "ERROR" SP string SP ("TEMPFAIL" [SP nz-number] / "BADPARAMETERS" SP (from / "NIL") SP to [SP "(" params ")"] /
 *     "MISSINGPARAMETERS" SP from SP to SP "(" names ")") ")"
 * </pre>
 *
 * @param text why, for people
 * @param code what the client can do
 * @param from the type of the part; empty where there is no such part
 * @param to the type that is wanted, or that we have chosen
 * @param parameters those that are to blame, with their values
 */
record ConvertError(String text, Code code, Optional<String> from, String to, Map<String, String> parameters) {
    /** The codes of RFC 5259 section 9, and for the first of them how many minutes the client is to wait. */
    enum Code {
        TEMPFAIL_1, TEMPFAIL_10, BADPARAMETERS, MISSINGPARAMETERS;

        boolean isTemporary() {
            return this == TEMPFAIL_1 || this == TEMPFAIL_10;
        }
    }

    ConvertError {
        // In the order of the command.
        parameters = ImmutableMap.copyOf(parameters);
    }

    void write(AnswerBuffer to) {
        to.open().value("ERROR").string(text);
        switch (code) {
            case TEMPFAIL_1 -> to.value("TEMPFAIL").number(1);
            case TEMPFAIL_10 -> to.value("TEMPFAIL").number(10);
            case BADPARAMETERS -> {
                types(to);
                if (!parameters.isEmpty()) {
                    to.open();
                    parameters.forEach((name, value) -> to.string(octets(name)).string(octets(value)));
                    to.close();
                }
            }
            case MISSINGPARAMETERS -> {
                types(to);
                to.open();
                parameters.keySet().forEach(to::string);
                to.close();
            }
        }
        to.close();
    }

    private void types(AnswerBuffer buffer) {
        buffer.value(code.name());
        from.ifPresentOrElse(buffer::string, buffer::nil);
        buffer.string(to);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
