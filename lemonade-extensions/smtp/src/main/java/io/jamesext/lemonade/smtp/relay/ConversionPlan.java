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

package io.jamesext.lemonade.smtp.relay;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.jamesext.lemonade.smtp.relay.MessagePiece.Role;
import io.jamesext.urlauth.Extent;
import io.jamesext.urlauth.HeaderValue;
import io.jamesext.urlauth.MimePart;
import io.jamesext.urlauth.MimeScanner;
import io.jamesext.urlauth.UrlContent;

/** Which octets of a message are to be written otherwise, in their order. The rules are those that {@link DownConversion} tells. */
final class ConversionPlan {
    /**
     * Some octets to be written otherwise.
     *
     * @param header what to do where they are a header
     * @param from the encoding they have
     * @param to the encoding they get; "7bit" for what is not content
     * @param softEnd whether their last line gets an end on the way that is not content
     */
    record Edit(Extent extent, Optional<HeaderRewrite> header, String from, String to, boolean softEnd) {
    }

    /** It is rewritten in memory. */
    private static final long MAX_HEADER = 1 << 20;

    private final BodyData level;
    private final List<Edit> edits = new ArrayList<>();
    /** Signed multiparts with something in them that must change. */
    private final Set<MimePart> broken = Collections.newSetFromMap(new IdentityHashMap<>());
    private BodyData data = BodyData.SEVEN_BIT;

    private ConversionPlan(BodyData level) {
        this.level = level;
    }

    static ConversionPlan of(UrlContent.Source message, BodyData level) throws IOException {
        List<MessagePiece> pieces;
        try (InputStream in = message.open()) {
            pieces = MessagePiece.cut(MimeScanner.scan(in));
        }
        try (InputStream in = message.open()) {
            for (MessagePiece piece : pieces) {
                piece.scan(in);
            }
        }
        ConversionPlan plan = new ConversionPlan(level);
        pieces.stream().filter(piece -> piece.found().exceeds(level)).forEach(piece -> plan.broken.addAll(piece.signed()));
        for (int i = 0; i < pieces.size(); i++) {
            plan.decide(pieces, i);
        }
        return plan;
    }

    List<Edit> edits() {
        return edits;
    }

    /** What the message is then. */
    BodyData data() {
        return data;
    }

    private void decide(List<MessagePiece> pieces, int index) throws IOException {
        MessagePiece piece = pieces.get(index);
        boolean exceeds = piece.found().exceeds(level);
        data = data.and(exceeds ? BodyData.SEVEN_BIT : piece.found());
        if (piece.isProtected(broken)) {
            return;
        }
        if (piece.role() == Role.HEADER) {
            header(piece, piece.part().kind() == MimePart.Kind.SINGLE ? encoding(pieces.get(index + 1)) : Optional.empty());
        } else if (exceeds) {
            String to = piece.role() == Role.BODY ? encoding(piece).orElseThrow() : BodyData.SEVEN_BIT.encoding();
            boolean soft = piece.endsMessage() && !piece.scan().endsLine();
            edits.add(new Edit(piece.extent(), Optional.empty(), piece.part().encoding(), to, soft));
        }
    }

    private void header(MessagePiece piece, Optional<String> bodyEncoding) throws CannotConvertException {
        // RFC 6152 section 3, RFC 3030 section 3: a promise that the hop does not take is not made, whatever the body is.
        boolean promises = BodyData.promisedBy(piece.part().encoding()).exceeds(level);
        Optional<String> encoding = bodyEncoding.or(() -> promises ? Optional.of(level.encoding()) : Optional.empty());
        boolean sevenBit = piece.found().exceeds(level);
        if (encoding.isPresent() || sevenBit) {
            if (piece.extent().length() > MAX_HEADER) {
                throw new CannotConvertException("a header of more than " + MAX_HEADER + " octets");
            }
            HeaderRewrite rewrite = new HeaderRewrite(encoding, sevenBit, piece.isMessage() && bodyEncoding.isPresent());
            edits.add(new Edit(piece.extent(), Optional.of(rewrite), "", "", false));
        }
    }

    /** The encoding a body gets; empty where it stays. */
    private Optional<String> encoding(MessagePiece body) throws IOException {
        MimePart part = body.part();
        if (!body.found().exceeds(level)) {
            return Optional.empty();
        }
        if (MessagePiece.ENCODINGS.contains(part.encoding())) {
            // It holds what its encoding does not allow: decoded and encoded again, never nested.
            return Optional.of(part.encoding());
        }
        if (!MessagePiece.IDENTITIES.contains(part.encoding()) || isComposite(part)) {
            throw new CannotConvertException("a part that may not be encoded");
        }
        return Optional.of(body.isText() && body.scan().nearlyAscii() ? "quoted-printable" : "base64");
    }

    /** RFC 2046 section 5.2.2.1, and what is too deep to be taken apart. */
    private static boolean isComposite(MimePart part) {
        HeaderValue type = HeaderValue.parse(part.field("content-type").orElse(""));
        String name = type.value().toLowerCase(Locale.ROOT);
        return Set.of("message/rfc822", "message/partial").contains(name)
            || name.startsWith("multipart/") && type.parameter("boundary").isPresent();
    }
}
