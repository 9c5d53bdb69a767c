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

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.james.imap.api.message.response.ImapResponseMessage;

import io.jamesext.lemonade.imap.fetch.AnswerBuffer;

/** Octets of an untagged GENURLAUTH or URLFETCH response, as they go on the wire; a long one comes in several. RFC 4467 section 8. */
record UrlAnswer(byte[] octets) implements ImapResponseMessage {
    /** {@code genurlauth-data = "*" SP "GENURLAUTH" 1*(SP url-full)}. */
    static UrlAnswer generated(List<String> urls) {
        AnswerBuffer line = new AnswerBuffer(false).value("*").value("GENURLAUTH");
        urls.forEach(line::string);
        return of(line.raw("\r\n"));
    }

    /** A URL that leads to nothing. */
    static UrlAnswer nil(String url) {
        return of(fetched(url, false).nil().raw("\r\n"));
    }

    /**
     * The beginning of what is told of a URL.
     *
     * @param utf8 whether the client has enabled UTF8=ACCEPT
     */
    static AnswerBuffer fetched(String url, boolean utf8) {
        return new AnswerBuffer(utf8).value("*").value("URLFETCH").string(url.getBytes(StandardCharsets.UTF_8));
    }

    /** The end of it. */
    static UrlAnswer end(String last) {
        return of(new AnswerBuffer(false).raw(last + "\r\n"));
    }

    static UrlAnswer of(AnswerBuffer line) {
        return new UrlAnswer(line.take());
    }
}
