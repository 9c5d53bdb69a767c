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
package io.jamesext.dmap.op.selected;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapServices;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.submit.Submissions;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.SequenceSet;

/**
 * Sends messages that wait in the mailbox, each once whoever else tries. Draft section 7.6.7, PROTOCOL.md section 9:
 * {@code "SUBMIT" SP sequence-set [SP "(" submit-option *(SP submit-option) ")"]}.
 */
public final class Submit implements ByUid<Submit.Request> {
    /** Which messages, and how. */
    public record Request(SequenceSet messages, boolean byUid, SubmitOptions options) {
    }

    private final DmapServices services;
    private final Submissions submissions;

    /** On James's mailboxes and what sends their messages. */
    public Submit(DmapServices services) {
        this.services = services;
        this.submissions = services.submissions();
    }

    @Override
    public String name() {
        return "SUBMIT";
    }

    @Override
    public Request parse(DmapReader arguments, boolean byUid) {
        SequenceSet messages = arguments.expectSpace().expectSequenceSet();
        return new Request(messages, byUid, SubmitOptions.parse(arguments, submissions.canHold(), submissions.now()));
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        session.requireUids(request.byUid());
        session.selected().requireWritable();
        return new SubmitRun(request, session, services).run();
    }
}
