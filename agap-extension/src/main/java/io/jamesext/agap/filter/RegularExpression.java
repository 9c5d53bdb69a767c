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
package io.jamesext.agap.filter;

import com.google.re2j.Pattern;

/**
 * A regular expression of AGAP section 2.4. It has case, may match any part of the text, and {@code ^} and {@code $} are the ends of lines.
 * RE2/J matches in time that grows with the length of the text times the states, whatever the expression.
 *
 * @param text as the client wrote it, without the quotes and their escapes
 * @param states of the machine that matches it, at most
 */
public record RegularExpression(String text, int states, Pattern pattern) {
    /** Reads it; fails with what is wrong in it. */
    static RegularExpression parse(String text) {
        return new RegexReader(text).read();
    }

    boolean isIn(String value) {
        return pattern.matcher(value).find();
    }
}
