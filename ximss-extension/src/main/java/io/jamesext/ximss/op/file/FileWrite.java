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
package io.jamesext.ximss.op.file;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.apache.james.core.Username;

import com.google.common.base.CharMatcher;
import com.google.common.io.ByteSource;

import io.jamesext.groupware.file.FilePath;
import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.groupware.vcard.CardReader;
import io.jamesext.groupware.vcard.CardWriter;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.mail.CardElements;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.XimssWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;

/**
 * Writes a file, in the place of the one of its name or into it. Beyond the text; the position is our own.
 *
 * <pre>{@code
 * <fileWrite id="" fileName="" type="binary | xml | vcard"? position="octets | append"?>
 *   text | <base64>...</base64> | element | <vCard>...</vCard> </fileWrite>
 * }</pre>
 */
public final class FileWrite implements XimssOperation<FileWrite.Request> {
    private static final String APPEND = "append";

    /**
     * Where, and what.
     *
     * @param isWhole whether it comes in the place of all that is there
     * @param position in octets; empty for the end
     * @param octets within the longest request
     */
    public record Request(FilePath file, boolean isWhole, Optional<Long> position, ByteSource octets) {
        static Request parse(Element element) {
            Optional<String> position = element.attribute("position");
            byte[] octets = switch (FileType.of(element)) {
                case TEXT -> text(element);
                case BINARY -> binary(only(element).filter(child -> child.name().equals("base64"))
                    .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "a binary file is one base64 element")));
                case XML -> xml(only(element)
                    .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "an XML file is one element")));
                case VCARD -> card(only(element).filter(CardElements::isCard)
                    .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "a vCard file is one vCard element")));
            };
            return new Request(FileName.of(element.required("fileName")), position.isEmpty(),
                position.filter(text -> !text.equals(APPEND)).map(text -> Element.number("position", text)), ByteSource.wrap(octets));
        }
    }

    private final PersonalFiles files;

    /** Of these files. */
    public FileWrite(PersonalFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "fileWrite";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Username user = session.mailboxSession().getUser();
        return (request.isWhole ? files.write(user, request.file, request.octets)
            : files.write(user, request.file, request.position, request.octets)).thenMany(Flux.empty());
    }

    /** The one element in the body, beside which is nothing but blanks. */
    private static Optional<Element> only(Element element) {
        List<Element> elements = element.elements().toList();
        return elements.size() == 1 && element.text().isBlank() ? Optional.of(elements.get(0)) : Optional.empty();
    }

    private static byte[] text(Element element) {
        if (element.elements().findAny().isPresent()) {
            throw new ProtocolException(Failure.SYNTAX, "a text file holds text only; an element is written with the type binary or xml");
        }
        return element.text().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] binary(Element base64) {
        try {
            return Base64.getDecoder().decode(CharMatcher.whitespace().removeFrom(base64.text()));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "the element base64 must hold base64");
        }
    }

    private static byte[] xml(Element element) {
        ByteBuf out = Unpooled.buffer();
        new XimssWriter(out, Optional.empty()).node(element);
        return ByteBufUtil.getBytes(out);
    }

    private static byte[] card(Element element) {
        String text = CardWriter.write(List.of(CardElements.card(element).completed()));
        // What could not be read again is not written.
        new CardReader().read(text);
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
