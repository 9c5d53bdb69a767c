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
package io.jamesext.agap;

import com.google.inject.Inject;

import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import reactor.core.publisher.Flux;

/**
 * What the command does, in one sentence. AGAP section 4.N: {@code VERB argument}. Copy this, add a transcript, a line in the table, and
 * one in the README.
 */
final class SkeletonOperation implements AgapOperation<SkeletonOperation.Request> {
    /** The arguments. */
    record Request(String argument) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            Request request = new Request(arguments.expectAtom("argument"));
            arguments.expectEnd();
            return request;
        }
    }

    private final Folders folders;

    @Inject
    SkeletonOperation(Folders folders) {
        this.folders = folders;
    }

    @Override
    public String name() {
        return "SKEL";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        return folders.openSelected(session).thenMany(Flux.empty());
    }
}
