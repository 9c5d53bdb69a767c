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

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import com.google.common.collect.ImmutableList;

/**
 * A leaf of the MIME tree and what it is in AGAP.
 *
 * @param index its place among the leaves, from 0
 * @param charset of text; empty for anything else
 */
record Part(int index, ImmutableList<Header> headers, String mimeType, Optional<Charset> charset) {
    static Part of(Leaves leaves) {
        String mimeType = leaves.mimeType();
        return new Part(leaves.index(), leaves.headers(), mimeType,
            mimeType.startsWith("text/") ? Optional.of(charset(leaves.charset())) : Optional.empty());
    }

    /** RFC 2183: the sender wants it shown as an attachment. */
    boolean isAttachment() {
        return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("Content-Disposition")
            && header.value().toLowerCase(Locale.ROOT).startsWith("attachment"));
    }

    /** The headers that an attachment has by itself, when it is the whole message. */
    ImmutableList<Header> contentHeaders() {
        return headers.stream()
            .filter(header -> header.name().toLowerCase(Locale.ROOT).startsWith("content-"))
            .collect(ImmutableList.toImmutableList());
    }

    /** The leaf where the reader stands, as TEXT or HTML. */
    Leaf text(Leaves leaves) throws IOException {
        return Leaf.text(leaves.content(), charset.orElse(StandardCharsets.UTF_8));
    }

    /** The leaf where the reader stands, as an attachment's BODY. */
    Leaf body(Leaves leaves) throws IOException {
        return charset.isPresent() ? Leaf.textAttachment(leaves.content(), charset.get()) : Leaf.octets(leaves.content());
    }

    /** The beginning of the leaf where the reader stands, if it is text. */
    Optional<String> head(Leaves leaves) throws IOException {
        return charset.isPresent() ? Optional.of(Leaf.head(leaves.content(), charset.get())) : Optional.empty();
    }

    static Charset charset(String name) {
        try {
            // ASCII mail with other octets in it is most often UTF-8.
            Charset named = Charset.forName(name);
            return named.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : named;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
