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

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.prelogin.Domains;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.SkinInfo;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.skin.Skins;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Lists the skins of the user's domain. XIMSS, "Service Operations", skinList.
 *
 * <pre>{@code <skinList id="" filter=""? />}</pre>
 */
public final class SkinList implements XimssOperation<SkinList.Request> {
    /** Which ones. */
    public record Request(Picture filter) {
    }

    private final Domains domains;
    private final Skins skins;

    /** Of these skins. */
    public SkinList(Domains domains, Skins skins) {
        this.domains = domains;
        this.skins = skins;
    }

    @Override
    public String name() {
        return "skinList";
    }

    @Override
    public Request read(Element element) {
        return new Request(Picture.filter(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return domains.current(session)
            .flatMap(domain -> Blocking.call(() -> skins.names(domain)))
            .flatMapIterable(names -> names)
            .filter(request.filter::matches)
            .map(SkinInfo::new);
    }
}
