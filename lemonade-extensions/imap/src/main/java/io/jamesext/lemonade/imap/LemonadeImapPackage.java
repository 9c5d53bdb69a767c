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

package io.jamesext.lemonade.imap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapCommandParser;
import org.apache.james.imap.decode.ImapCommandParserFactory;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.decode.main.DefaultImapDecoder;
import org.apache.james.imap.decode.parser.ImapParserFactory;
import org.apache.james.imap.decode.parser.UidCommandParser;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.apache.james.imap.encode.main.DefaultImapEncoderFactory;
import org.apache.james.imap.encode.main.DefaultLocalizer;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.DefaultProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.imap.processor.base.UnknownRequestProcessor;

import io.jamesext.lemonade.imap.capability.CapabilityProcessor;
import io.jamesext.lemonade.imap.convert.ConvertService;
import io.jamesext.lemonade.imap.enable.ListenerEnableProcessor;
import io.jamesext.lemonade.imap.frame.CommandProcessor;
import io.jamesext.lemonade.imap.urlauth.EntityGate;
import io.jamesext.urlauth.UrlServer;

/** The commands of one listener, from the tables of ours; what no table reads or writes is read and written by James. */
final class LemonadeImapPackage {
    private final ImapServices services;
    private final UrlServer urlServer;
    private final StatusResponseFactory responses = new UnpooledStatusResponseFactory();
    private final List<Commands> tables;

    LemonadeImapPackage(ImapServices services, UrlServer urlServer, ConvertService convert) {
        this.services = services;
        this.urlServer = urlServer;
        this.tables = List.of(
            new SessionCommands(services, responses),
            new FolderCommands(services, responses),
            new SelectionCommands(services, responses),
            new MessageCommands(services, responses, urlServer, convert));
    }

    ImapDecoder decoder() {
        ImapCommandParserFactory stock = new ImapParserFactory(responses);
        Map<String, ImapCommandParser> ours = new HashMap<>();
        tables.forEach(table -> table.parsers().forEach(parser -> ours.put(parser.getCommand().getName(), parser)));
        ImapCommandParserFactory own = new ImapParserFactory(ours);
        ImapCommandParserFactory both = name -> {
            ImapCommandParser parser = own.getParser(name);
            return parser == null ? stock.getParser(name) : parser;
        };
        // James's parser of UID looks its commands up in James's table only.
        ours.put(ImapConstants.UID_COMMAND.getName(), new UidCommandParser(both, responses));
        return new DefaultImapDecoder(responses, both);
    }

    ImapEncoder encoder() {
        List<ImapResponseEncoder<?>> ours = new ArrayList<>();
        tables.forEach(table -> ours.addAll(table.encoders()));
        return new LemonadeEncoder(ours, DefaultImapEncoderFactory.createDefaultEncoder(new DefaultLocalizer(), false));
    }

    CommandProcessor processor() {
        CapabilityProcessor capabilities = new CapabilityProcessor(services.mailboxManager(), responses, services.metricFactory());
        ListenerEnableProcessor enable = new ListenerEnableProcessor(services.mailboxManager(), responses, services.metricFactory(),
            capabilities);
        List<AbstractProcessor<?>> all = new ArrayList<>(List.of(capabilities, enable));
        tables.forEach(table -> all.addAll(table.processors()));
        Map<Class, ImapProcessor> byRequest = new HashMap<>();
        for (AbstractProcessor<?> processor : all) {
            processor.acceptableClasses().forEach(request -> byRequest.put(request, processor));
            if (processor instanceof CapabilityImplementingProcessor implementing) {
                capabilities.add(implementing);
            }
            if (processor instanceof PermitEnableCapabilityProcessor enabling) {
                enable.addProcessor(enabling);
            }
        }
        return new CommandProcessor(new EntityGate(new DefaultProcessor(byRequest, new UnknownRequestProcessor(responses)), urlServer),
            capabilities);
    }
}
