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


package io.jamesext.lemonade.smtp;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.smtp.core.ReceivedDataLineFilter;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.MailSizeEsmtpExtension;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;
import org.apache.james.smtpserver.CoreCmdHandlerLoader;
import org.apache.james.smtpserver.DataLineJamesMessageHookHandler;
import org.apache.james.smtpserver.JamesDataCmdHandler;
import org.apache.james.smtpserver.JamesMailCmdHandler;
import org.apache.james.smtpserver.JamesRcptCmdHandler;
import org.apache.james.smtpserver.JamesWelcomeMessageHandler;
import org.apache.james.smtpserver.dsn.DSNEhloHook;
import org.apache.james.smtpserver.dsn.DSNMessageHook;

import com.google.common.collect.ImmutableMap;

import io.jamesext.lemonade.smtp.auth.AuthCommand;
import io.jamesext.lemonade.smtp.data.BdatCommand;
import io.jamesext.lemonade.smtp.data.BodyParameter;
import io.jamesext.lemonade.smtp.data.DataCommand;
import io.jamesext.lemonade.smtp.data.MailCommand;
import io.jamesext.lemonade.smtp.data.MessageAcceptance;
import io.jamesext.lemonade.smtp.data.RcptCommand;
import io.jamesext.lemonade.smtp.data.SizeParameter;
import io.jamesext.lemonade.smtp.data.TraceHeader;
import io.jamesext.lemonade.smtp.dsn.DsnParameterHook;
import io.jamesext.lemonade.smtp.wire.StartTlsCommand;

/**
 * What {@code coreHandlersPackage} of a {@code handlerchain} in {@code smtpserver.xml} names: James's own handlers, some of them replaced,
 * and those for what James lacks. The operator's handlers stay in the chain as they are.
 */
public final class LemonadeHandlers implements HandlersPackage {
    private static final Map<Class<?>, Class<?>> REPLACED = ImmutableMap.<Class<?>, Class<?>>builder()
        .put(JamesWelcomeMessageHandler.class, Connecting.class)
        .put(AuthCmdHandler.class, AuthCommand.class)
        .put(JamesDataCmdHandler.class, DataCommand.class)
        .put(JamesMailCmdHandler.class, MailCommand.class)
        .put(JamesRcptCmdHandler.class, RcptCommand.class)
        .put(StartTlsCmdHandler.class, StartTlsCommand.class)
        .put(MailSizeEsmtpExtension.class, SizeParameter.class)
        .put(ReceivedDataLineFilter.class, TraceHeader.class)
        .put(DataLineJamesMessageHookHandler.class, MessageAcceptance.class)
        .build();

    @Override
    public List<String> getHandlers() {
        Map<String, String> replaced = REPLACED.entrySet().stream()
            .collect(ImmutableMap.toImmutableMap(entry -> entry.getKey().getName(), entry -> entry.getValue().getName()));
        return Stream.of(
                // Before James's last hook, which puts the message into the queue.
                Stream.of(DSNEhloHook.class, DsnParameterHook.class, DSNMessageHook.class).map(Class::getName),
                new CoreCmdHandlerLoader().getHandlers().stream().map(name -> replaced.getOrDefault(name, name)),
                Stream.of(BodyParameter.class, BdatCommand.class).map(Class::getName))
            .flatMap(handlers -> handlers)
            .toList();
    }
}
