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
package io.jamesext.agap.message;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import io.jamesext.groupware.item.QuotedPrintable;

/** How octets are written in a mail. RFC 2045 section 6. */
enum TransferEncoding {
    /** Section 2.7: lines of ASCII. */
    SEVEN_BIT("7bit") {
        @Override
        boolean fits(Octets octets) {
            return octets.areLines && octets.areShort && octets.areAscii;
        }

        @Override
        byte[] encode(byte[] octets) {
            return octets;
        }
    },
    /** Section 2.8: lines. */
    EIGHT_BIT("8bit") {
        @Override
        boolean fits(Octets octets) {
            return octets.areLines && octets.areShort;
        }

        @Override
        byte[] encode(byte[] octets) {
            return octets;
        }
    },
    /** Section 6.7, for lines of any length. */
    QUOTED_PRINTABLE("quoted-printable") {
        @Override
        boolean fits(Octets octets) {
            // The encoder leaves a blank at the very end as it is, and every reader drops it.
            return octets.areLines && !octets.endInBlank;
        }

        @Override
        byte[] encode(byte[] octets) {
            return QuotedPrintable.encode(octets);
        }
    },
    /** Section 6.8, for anything. */
    BASE64("base64") {
        @Override
        boolean fits(Octets octets) {
            return true;
        }

        @Override
        byte[] encode(byte[] octets) {
            return Base64.getMimeEncoder().encode(octets);
        }
    };

    /** RFC 5322 section 2.1.1. */
    private static final int MAX_LINE = 998;

    private final String label;

    TransferEncoding(String label) {
        this.label = label;
    }

    /**
     * What there is to know of some octets.
     *
     * @param areLines true without NUL, and without a CR or LF that is not with the other
     */
    record Octets(boolean areLines, boolean areShort, boolean areAscii, boolean endInBlank) {
        static Octets of(byte[] octets) {
            boolean areLines = true;
            boolean areShort = true;
            boolean areAscii = true;
            int length = 0;
            for (int i = 0; i < octets.length; i++) {
                byte octet = octets[i];
                boolean isEnd = octet == '\n' && i > 0 && octets[i - 1] == '\r';
                boolean isBare = octet == '\n' && !isEnd || octet == '\r' && (i + 1 == octets.length || octets[i + 1] != '\n');
                areLines &= octet != 0 && !isBare;
                areAscii &= octet >= 0;
                length = isEnd ? 0 : length + 1;
                // The carriage return was counted.
                areShort &= length <= MAX_LINE + 1;
            }
            boolean endInBlank = length > 0 && (octets[octets.length - 1] == ' ' || octets[octets.length - 1] == '\t');
            return new Octets(areLines, areShort && length <= MAX_LINE, areAscii, endInBlank);
        }
    }

    /** The encoding of a name in small letters; nothing for {@code binary}, which mail does not have, and others. */
    static Optional<TransferEncoding> named(String label) {
        return Arrays.stream(values()).filter(encoding -> encoding.label.equals(label)).findFirst();
    }

    /** The plainest that fits. */
    static TransferEncoding of(byte[] octets) {
        Octets known = Octets.of(octets);
        return Arrays.stream(values()).filter(encoding -> encoding.fits(known)).findFirst().orElse(BASE64);
    }

    /** As the header has it. */
    String label() {
        return label;
    }

    /** True when they can be written so. */
    boolean fits(byte[] octets) {
        return fits(Octets.of(octets));
    }

    /** True when what is known of them allows it. */
    abstract boolean fits(Octets octets);

    /** As they are written. */
    abstract byte[] encode(byte[] octets);
}
