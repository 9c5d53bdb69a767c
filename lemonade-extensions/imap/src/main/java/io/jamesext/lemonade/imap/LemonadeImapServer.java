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

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.imapserver.netty.ImapChannelUpstreamHandler;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.jspecify.annotations.Nullable;

import io.jamesext.lemonade.imap.frame.CommandProcessor;
import io.jamesext.lemonade.imap.frame.FrameLimits;
import io.jamesext.lemonade.imap.frame.FramePipeline;
import io.jamesext.lemonade.imap.frame.FramedSession;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * One listener: James's IMAP server with frames cut before they are parsed, a greeting with capabilities, and the commands of the
 * package.
 */
public final class LemonadeImapServer extends IMAPServer implements LemonadeImapServerMBean {
    private static final String JMX_NAME = "lemonadeimapserver";

    private final ImapDecoder decoder;
    private final ImapEncoder encoder;
    private final CommandProcessor processor;
    private final ImapMetrics metrics;
    private final GaugeRegistry gauges;
    private @Nullable Settings settings;
    private volatile @Nullable String greeting;

    /** What is read of the configuration; James's class reads the same keys but keeps them to itself. */
    private record Settings(boolean compress, boolean ignoreIdleUponProcessing, AuthenticationConfiguration authentication,
        FrameLimits limits,
                            CommandThrottler throttler) {
    }

    LemonadeImapServer(LemonadeImapPackage commands, ImapMetrics metrics, GaugeRegistry gauges) {
        this(commands.decoder(), commands.encoder(), commands.processor(), metrics, gauges);
    }

    private LemonadeImapServer(ImapDecoder decoder, ImapEncoder encoder, CommandProcessor processor, ImapMetrics metrics,
        GaugeRegistry gauges) {
        // James's class makes a throttler that is not used here; its gauge would hide ours.
        super(decoder, encoder, processor, metrics, new NoopGaugeRegistry());
        this.decoder = decoder;
        this.encoder = encoder;
        this.processor = processor;
        this.metrics = metrics;
        this.gauges = gauges;
    }

    @Override
    public void doConfigure(HierarchicalConfiguration<ImmutableNode> configuration) throws ConfigurationException {
        super.doConfigure(configuration);
        ImapConfiguration imap = processor.configuration();
        settings = new Settings(
            configuration.getBoolean("compress"),
            configuration.getBoolean("ignoreIDLEUponProcessing", true),
            AuthenticationConfiguration.parse(configuration),
            ListenerConfiguration.limits(configuration),
            new CommandThrottler(new NamedGauges(gauges, jmxName), imap.getConcurrentRequests(), imap.getMaxQueueSize()));
    }

    @Override
    protected AbstractChannelPipelineFactory createPipelineFactory() {
        Settings read = settings();
        return new FramePipeline(super.createPipelineFactory(), decoder, read.limits(),
            new FramedSession.Settings(getEncryption(), read.compress(), read.authentication()));
    }

    @Override
    protected ChannelInboundHandlerAdapter createCoreHandler() {
        Settings read = settings();
        return ImapChannelUpstreamHandler.builder()
            .reactiveThrottler(read.throttler())
            .hello(greeting())
            .processor(processor)
            .encoder(encoder)
            .compress(read.compress())
            .authenticationConfiguration(read.authentication())
            .secure(getEncryption())
            .imapMetrics(metrics)
            .heartbeatInterval(processor.configuration().idleTimeIntervalAsDuration())
            .ignoreIDLEUponProcessing(read.ignoreIdleUponProcessing())
            .build();
    }

    @Override
    protected String getDefaultJMXName() {
        return JMX_NAME;
    }

    @Override
    public String getServiceType() {
        return "Lemonade IMAP Service";
    }

    private Settings settings() {
        Settings read = settings;
        if (read == null) {
            throw new IllegalStateException("not configured yet");
        }
        return read;
    }

    /** RFC 3501 section 7.1: the capabilities before log-in, which are the same for every connection of a listener. */
    private String greeting() {
        String made = greeting;
        if (made == null) {
            Settings read = settings();
            GreetingSession session = new GreetingSession(getEncryption(), read.compress(), read.authentication());
            made = "[" + processor.capabilityCode(session) + "] JAMES " + getHelloName() + " is ready.";
            greeting = made;
        }
        return made;
    }
}
