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

import java.util.List;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.cli.CommandWords;
import io.jamesext.ximss.cli.Commands;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.CliResult;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs a command of James's own command line. XIMSS, "Service Operations", cliExecute.
 *
 * <pre>{@code <cliExecute id="" report="xml"?>command</cliExecute>}</pre>
 */
public final class CliExecute implements XimssOperation<CliExecute.Request> {
    /** The command's words, and how its result is written. */
    public record Request(List<String> words, boolean xml) {
        /** Says nothing, for there can be a password in it. */
        @Override
        public String toString() {
            return "cliExecute";
        }
    }

    private final Commands commands;

    /** Of these commands. */
    public CliExecute(Commands commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "cliExecute";
    }

    @Override
    public Request read(Element element) {
        return new Request(CommandWords.of(element.text()), element.attribute("report").filter("xml"::equals).isPresent());
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return Blocking.call(() -> commands.run(request.words, session.mailboxSession()))
            .flatMap(Mono::justOrEmpty)
            .map(result -> new CliResult(result, request.xml))
            .flux();
    }
}
