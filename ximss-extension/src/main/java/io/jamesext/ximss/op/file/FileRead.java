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

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Optional;

import org.apache.james.core.Username;

import io.jamesext.groupware.file.FilePath;
import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.groupware.vcard.CardReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.frame.XmlReader;
import io.jamesext.ximss.mail.CardElements;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.FileData;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Text;
import reactor.core.publisher.Flux;

/**
 * Reads a file or a slice of it. Beyond the text.
 *
 * <pre>{@code <fileRead id="" fileName="" type="binary | xml | vcard"? position=""? limit=""? />}</pre>
 */
public final class FileRead implements XimssOperation<FileRead.Request> {
    /** Protects the heap: the slice is in it as a whole, and in base64 once more. */
    private static final int MAX_SLICE_OCTETS = 4 << 20;

    /**
     * The attributes.
     *
     * @param position where the slice begins, in octets
     * @param limit octets of the slice; empty for all up to the file's end
     */
    public record Request(FilePath file, FileType type, long position, Optional<Long> limit) {
    }

    private final PersonalFiles files;
    private final Preferences preferences;

    /** Of these files, with times in the user's zone. */
    public FileRead(PersonalFiles files, Preferences preferences) {
        this.files = files;
        this.preferences = preferences;
    }

    /** A client whose attribute is an integer writes 0 for none. */
    static Optional<Long> limit(Element element) {
        return element.number("limit").filter(limit -> limit > 0);
    }

    @Override
    public String name() {
        return "fileRead";
    }

    @Override
    public Request read(Element element) {
        return new Request(FileName.of(element.required("fileName")), FileType.of(element), element.number("position").orElse(0L),
            limit(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        int limit = (int) Math.min(request.limit.orElse(Long.MAX_VALUE), MAX_SLICE_OCTETS);
        Username user = session.mailboxSession().getUser();
        return preferences.zone(user)
            .flatMap(zone -> files.slice(user, request.file, request.position, limit).map(slice -> data(request, slice, zone)))
            .flux();
    }

    private static FileData data(Request request, PersonalFiles.Slice slice, ZoneId zone) {
        byte[] octets = slice.octets();
        boolean isLast = request.position + octets.length >= slice.file().size();
        long position = request.position;
        return switch (request.type) {
            case BINARY -> new FileData(slice.file(), "binary", position, octets.length, zone,
                Element.text("base64", Base64.getEncoder().encodeToString(octets)));
            case TEXT -> {
                ByteBuffer in = ByteBuffer.wrap(octets);
                Text text = new Text(text(in, isLast));
                yield new FileData(slice.file(), "", position, in.position(), zone, text);
            }
            case XML -> new FileData(slice.file(), "xml", position, octets.length, zone,
                XmlReader.document(whole(request, octets, isLast), Optional.of("UTF-8")));
            case VCARD -> new FileData(slice.file(), "vcard", position, octets.length, zone, card(whole(request, octets, isLast)));
        };
    }

    private static byte[] whole(Request request, byte[] octets, boolean isLast) {
        if (request.position > 0 || !isLast) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "an element is read as a whole, without position and up to 4 MiB");
        }
        return octets;
    }

    private static Element card(byte[] octets) {
        return new CardReader().read(new String(octets, StandardCharsets.UTF_8)).stream().findFirst().map(CardElements::of)
            .orElseThrow(() -> new ProtocolException(Failure.NOT_SUPPORTED, "there is no vCard in the file"));
    }

    /** Leaves the octets of a character that goes on behind the slice. */
    private static String text(ByteBuffer octets, boolean isLast) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(octets.remaining());
        CoderResult result = decoder.decode(octets, text, isLast);
        if (result.isError()) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "this is not text in UTF-8, read it with type binary");
        }
        if (octets.position() == 0 && octets.hasRemaining()) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "the limit is shorter than a character");
        }
        return text.flip().toString();
    }
}
