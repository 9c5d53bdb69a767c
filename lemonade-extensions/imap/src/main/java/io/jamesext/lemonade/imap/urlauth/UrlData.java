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

package io.jamesext.lemonade.imap.urlauth;

import java.io.IOException;
import java.util.Optional;

import org.apache.james.mailbox.exception.MailboxException;

import io.jamesext.lemonade.imap.fetch.AnswerBuffer;
import io.jamesext.lemonade.imap.fetch.BodyStructure;
import io.jamesext.lemonade.imap.pace.NulFreeInputStream;
import io.jamesext.lemonade.imap.urlauth.UrlFetchRequest.Asked;
import io.jamesext.lemonade.imap.urlauth.UrlFetchRequest.Item;
import io.jamesext.urlauth.SectionReader.Decoded;
import io.jamesext.urlauth.UrlContent;
import io.jamesext.urlauth.UrlPart;

/**
 * What is told of a URL that leads to something. RFC 4467 section 9 and RFC 5524 section 5, with one space where the latter has two:
 *
 * <pre>
 * urldata-simple  = SP url-full SP nstring
 * urldata-ext     = SP url-full 1*(SP "(" url-metadata-el ")")
 * url-metadata-el = "BODYPARTSTRUCTURE" SP body / "BODY" SP nstring / "BINARY" SP (nstring / literal8)
 * </pre>
 *
 * @param before what stands before the octets: of a literal also its length
 * @param octets those of the literal, if there is one
 * @param after what stands behind them
 */
record UrlData(UrlAnswer before, Optional<UrlContent> octets, UrlAnswer after) {
    /**
     * Reads the part through where what is asked needs it, but not its octets into memory.
     *
     * @param utf8 whether the client has enabled UTF8=ACCEPT
     */
    static UrlData of(Asked asked, UrlPart part, boolean utf8) throws IOException, MailboxException {
        AnswerBuffer to = UrlAnswer.fetched(asked.url(), utf8);
        if (asked.items().isEmpty()) {
            return nstring(to, withoutNul(part), false, "");
        }
        boolean binary = asked.items().contains(Item.BINARY);
        if (asked.items().contains(Item.BODYPARTSTRUCTURE)) {
            // RFC 5259 section 8.2: before the data that it describes.
            to.open().value(Item.BODYPARTSTRUCTURE.name());
            BodyStructure.write(part.structure(binary),
                binary ? BodyStructure.Form.BODYSTRUCTURE_OF_BINARY : BodyStructure.Form.BODYSTRUCTURE, to);
            to.close();
        }
        if (binary) {
            to.open().value(Item.BINARY.name());
            Optional<Decoded> decoded = part.decoded();
            return decoded.isPresent()
                ? nstring(to, decoded.get().content(), decoded.get().hasNul(), ")")
                : new UrlData(UrlAnswer.of(to.nil()), Optional.empty(), UrlAnswer.end(")"));
        }
        if (asked.items().contains(Item.BODY)) {
            to.open().value(Item.BODY.name());
            return nstring(to, withoutNul(part), false, ")");
        }
        return new UrlData(UrlAnswer.of(to), Optional.empty(), UrlAnswer.end(""));
    }

    /** A nstring of RFC 3501 has no NUL. */
    private static UrlContent withoutNul(UrlPart part) {
        return part.stored().through(NulFreeInputStream::new);
    }

    private static UrlData nstring(AnswerBuffer to, UrlContent content, boolean hasNul, String after) {
        if (content.sizeBytes() == 0) {
            // RFC 4467 section 8: what is there and empty is the empty string.
            return new UrlData(UrlAnswer.of(to.string("")), Optional.empty(), UrlAnswer.end(after));
        }
        // RFC 5524 section 5: a literal8 where NUL is in it, and only there.
        to.value((hasNul ? "~{" : "{") + content.sizeBytes() + "}\r\n");
        return new UrlData(UrlAnswer.of(to), Optional.of(content), UrlAnswer.end(after));
    }
}
