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
package io.jamesext.agap.filter;

import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Connection;
import reactor.core.publisher.Mono;

/** Asks the client for a filter: 110, its lines, an empty line. AGAP section 4.3.1. */
public final class FilterBody {
    /** A filter may have so many lines; what comes after them is read up to the empty line and refused. */
    static final int MAX_LINES = 256;
    /** And so many characters in all. */
    static final int MAX_CHARACTERS = 64 * 1024;

    private final StringBuilder text = new StringBuilder();
    private int lines;
    private boolean tooLong;

    private FilterBody() {
    }

    /** The filter that the client sends. The whole body is taken off the wire before anything of it is refused. */
    public static Mono<Rule> ask(Connection<Line, AgapReply> connection) {
        return connection.ask(Status.goAhead("SEND filter definition (end it with an empty line)"))
            .expand(line -> line.isEmpty() ? Mono.empty() : connection.nextFrame())
            .reduceWith(FilterBody::new, FilterBody::add)
            .map(FilterBody::read);
    }

    private FilterBody add(Line line) {
        lines++;
        tooLong |= lines > MAX_LINES || text.length() + line.text().length() > MAX_CHARACTERS;
        if (!tooLong) {
            text.append(line.text()).append('\n');
        }
        return this;
    }

    private Rule read() {
        if (tooLong) {
            throw new ProtocolException(Failure.TOO_BIG, "INVALID filter definition (too long)");
        }
        return FilterReader.read(text.toString());
    }
}
