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
package io.jamesext.ximss;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.ximss.mail.EmailComposer;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.folder.FolderBrowse;
import io.jamesext.ximss.op.folder.FolderClose;
import io.jamesext.ximss.op.folder.FolderExpunge;
import io.jamesext.ximss.op.folder.FolderOpen;
import io.jamesext.ximss.op.folder.FolderSync;
import io.jamesext.ximss.op.folder.MessageMark;
import io.jamesext.ximss.op.login.Auth;
import io.jamesext.ximss.op.login.Login;
import io.jamesext.ximss.op.mailbox.MailboxCreate;
import io.jamesext.ximss.op.mailbox.MailboxList;
import io.jamesext.ximss.op.message.FolderRead;
import io.jamesext.ximss.op.message.MessageAppend;
import io.jamesext.ximss.op.prelogin.ListFeatures;
import io.jamesext.ximss.op.prelogin.StartTls;
import io.jamesext.ximss.op.service.Bye;
import io.jamesext.ximss.op.service.Noop;
import io.jamesext.ximss.op.service.ReadTime;

/** The table of operations, in the specification's order. */
public final class XimssOperations {
    private XimssOperations() {
    }

    /** All of them, for one server. */
    public static Operations<XimssOperation<?>> of(XimssServices services, XimssSettings settings) {
        Clock clock = Clock.systemUTC();
        ZoneId zone = settings.zone();
        Sasl sasl = services.authentication().sasl(settings.server());
        LogIn logIn = services.authentication().logIn(settings.server());
        EmailComposer composer = new EmailComposer(settings.server().helloName());
        return new Operations<>(List.of(
            // Pre-Login Operations
            new ListFeatures(services.domains(), sasl),
            new StartTls(services.domains()),
            // Login Operations
            new Login(services.domains(), logIn, sasl),
            new Auth(),
            // Service Operations
            new Noop(),
            new Bye(),
            new ReadTime(clock, zone),
            // Mailbox Management
            new MailboxCreate(services.mailboxes()),
            new MailboxList(services.mailboxManager(), services.mailboxes(), services.classes()),
            // Mailbox Operations
            new FolderOpen(services.mailboxes(), services.eventBus(), zone),
            new FolderBrowse(),
            new FolderSync(),
            new MessageMark(services.mailboxes()),
            new FolderExpunge(services.mailboxes()),
            new FolderClose(),
            // Message Operations
            new FolderRead(services.mailboxes(), zone),
            new MessageAppend(services.mailboxes(), composer, clock, zone)));
    }
}
