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

import java.time.Clock;

import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.CurrentTime;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Tells the time. XIMSS, "Service Operations", readTime.
 *
 * <pre>{@code <readTime id="" />}</pre>
 */
public final class ReadTime implements XimssOperation<ReadTime.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    private final Clock clock;
    private final Preferences preferences;

    /** With the server's clock, in the user's time zone. */
    public ReadTime(Clock clock, Preferences preferences) {
        this.clock = clock;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "readTime";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return preferences.zone(session.mailboxSession().getUser()).map(zone -> new CurrentTime(clock.instant(), zone)).flux();
    }
}
