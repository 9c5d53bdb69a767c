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
package io.jamesext.ximss.op.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;

import org.apache.james.core.Domain;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.prelogin.Domains;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.SkinFileData;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.skin.SkinFile;
import io.jamesext.ximss.skin.Skins;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.Text;
import reactor.core.publisher.Flux;

/**
 * Reads a file of a skin. XIMSS, "Service Operations", skinFileRead.
 *
 * <pre>{@code <skinFileRead id="" skinName=""? fileName="" type="binary"? />}</pre>
 */
public final class SkinFileRead implements XimssOperation<SkinFileRead.Request> {
    /** Protects the heap: the file is in it as a whole, and in base64 once more. */
    private static final int MAX_FILE_BYTES = 4 * 1024 * 1024;

    /**
     * The attributes.
     *
     * @param skin empty for the unnamed one
     * @param binary true for base64
     */
    public record Request(String skin, String file, boolean binary) {
    }

    private final Domains domains;
    private final Skins skins;
    private final ZoneId zone;

    /** Of these skins, with times in one zone. */
    public SkinFileRead(Domains domains, Skins skins, ZoneId zone) {
        this.domains = domains;
        this.skins = skins;
        this.zone = zone;
    }

    @Override
    public String name() {
        return "skinFileRead";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("skinName").orElse(""), element.required("fileName"),
            element.attribute("type").filter("binary"::equals).isPresent());
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return domains.current(session)
            .flatMap(domain -> Blocking.call(() -> data(request, domain)))
            .flux();
    }

    private SkinFileData data(Request request, Domain domain) throws IOException {
        SkinFile file = skins.file(domain, request.skin, request.file);
        byte[] content = file.read(MAX_FILE_BYTES);
        Node body = request.binary ? Element.text("base64", Base64.getEncoder().encodeToString(content)) : new Text(text(content));
        return new SkinFileData(file.name(), file.modified(), zone, body);
    }

    private static String text(byte[] content) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "the file is not text in UTF-8, read it with type binary");
        }
    }
}
