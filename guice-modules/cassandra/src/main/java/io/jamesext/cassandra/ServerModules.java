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

package io.jamesext.cassandra;

import org.apache.james.imap.processor.SearchProcessor;
import org.apache.james.modules.MailetProcessingModule;
import org.apache.james.modules.protocols.IMAPServerModule;
import org.apache.james.modules.protocols.LMTPServerModule;
import org.apache.james.modules.protocols.ManageSieveServerModule;
import org.apache.james.modules.protocols.POP3ServerModule;
import org.apache.james.modules.protocols.ProtocolHandlerModule;
import org.apache.james.modules.protocols.SMTPServerModule;
import org.apache.james.modules.server.DKIMMailetModule;
import org.apache.james.modules.server.DefaultProcessorsConfigurationProviderModule;
import org.apache.james.modules.server.RawPostDequeueDecoratorModule;
import org.apache.james.modules.server.TaskManagerModule;

import com.google.inject.Module;
import com.google.inject.util.Modules;

/** What makes a server of the stores: protocols, mailets, the mail queue, tasks and WebAdmin. */
final class ServerModules {
    private ServerModules() {
    }

    static Module server(Choices choices) {
        return Modules.combine(
            new ProtocolHandlerModule(),
            new IMAPServerModule(),
            binder -> binder.bind(SearchProcessor.class).to(IndexedSearchProcessor.class),
            new SMTPServerModule(),
            new LMTPServerModule(),
            new POP3ServerModule(),
            new ManageSieveServerModule(),
            new MailetProcessingModule(),
            new DefaultProcessorsConfigurationProviderModule(),
            new RawPostDequeueDecoratorModule(),
            new DKIMMailetModule(),
            choices.nodes() == Choices.Nodes.ONE ? new EmbeddedQueueModule() : Modules.EMPTY_MODULE,
            new TaskManagerModule(),
            new DriverMetricsModule(),
            new WebAdminModule(choices));
    }
}
