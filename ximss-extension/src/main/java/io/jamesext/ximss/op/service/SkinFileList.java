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

import java.time.ZoneId;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.prelogin.Domains;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.SkinFileInfo;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.skin.Skins;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Lists the files of a skin. XIMSS, "Service Operations", skinFileList.
 *
 * <pre>{@code <skinFileList id="" skinName=""? filter=""? />}</pre>
 */
public final class SkinFileList implements XimssOperation<SkinFileList.Request> {
    /**
     * The attributes.
     *
     * @param skin empty for the unnamed one
     */
    public record Request(String skin, Picture filter) {
    }

    private final Domains domains;
    private final Skins skins;
    private final ZoneId zone;

    /** Of these skins, with times in one zone. */
    public SkinFileList(Domains domains, Skins skins, ZoneId zone) {
        this.domains = domains;
        this.skins = skins;
        this.zone = zone;
    }

    @Override
    public String name() {
        return "skinFileList";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("skinName").orElse(""), Picture.filter(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return domains.current(session)
            .flatMap(domain -> Blocking.call(() -> skins.files(domain, request.skin)))
            .flatMapIterable(files -> files)
            .filter(file -> request.filter.matches(file.name()))
            .map(file -> new SkinFileInfo(request.skin, file.name(), file.size(), file.modified(), zone));
    }
}
