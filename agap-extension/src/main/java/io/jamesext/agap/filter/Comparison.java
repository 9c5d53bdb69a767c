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

import java.util.Arrays;
import java.util.Optional;

/** The operators of IS. AGAP section 4.3.1. */
public enum Comparison {
    /** Comes before. */
    LESS("<") {
        @Override
        boolean holds(String value, String operand) {
            return Ordering.compare(value, operand) < 0;
        }
    },
    /** Comes before or is as great. */
    AT_MOST("<=") {
        @Override
        boolean holds(String value, String operand) {
            return Ordering.compare(value, operand) <= 0;
        }
    },
    /** Is exactly the text, but for a star at its ends. */
    EQUAL("=") {
        @Override
        boolean holds(String value, String operand) {
            return Wildcard.matches(operand, value);
        }
    },
    /** Is not. Of several values none is. */
    UNEQUAL("!=") {
        @Override
        boolean holds(String value, String operand) {
            return !Wildcard.matches(operand, value);
        }
    },
    /** Comes after or is as great. */
    AT_LEAST(">=") {
        @Override
        boolean holds(String value, String operand) {
            return Ordering.compare(value, operand) >= 0;
        }
    },
    /** Comes after. */
    GREATER(">") {
        @Override
        boolean holds(String value, String operand) {
            return Ordering.compare(value, operand) > 0;
        }
    };

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    /** The operator that is written so. */
    static Optional<Comparison> of(String sign) {
        return Arrays.stream(values()).filter(comparison -> comparison.sign.equals(sign)).findFirst();
    }

    /** True when one value of a field compares so. */
    abstract boolean holds(String value, String operand);
}
