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

package io.jamesext.lemonade.smtp.relay;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

import javax.mail.MessagingException;

import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.transport.mailets.remote.delivery.DeliveryRunnable;
import org.apache.james.transport.mailets.remote.delivery.RemoteDeliveryConfiguration;
import org.apache.james.util.DurationParser;
import org.apache.mailet.ProcessingState;

import com.google.inject.Inject;

/**
 * James's RemoteDelivery with 8BITMIME and DSN done right, in its place and with its parameters, of which these are ours:
 * <ul>
 * <li>{@code relayedProcessor}: gets each mail with the recipients that have asked for a report of success and that a hop without DSN has
 * taken (RFC 3461 section 5.2.2 (b)); {@code onSuccess} gets everything that was sent, as ever, and makes wrong reports of it;</li>
 * <li>{@code delayedProcessor}: gets each mail once with the recipients that wait, {@code delayedAfter} (four hours unless told) after the
 * first attempt has failed.</li>
 * </ul>
 * A {@link DeliveryReport} makes the reports there.
 */
public final class RemoteDelivery extends org.apache.james.transport.mailets.RemoteDelivery {
    private static final Duration DELAYED_AFTER = Duration.ofHours(4);

    private final DNSService dns;
    private final DomainList domains;
    private Optional<DeliveryRunnable> chain = Optional.empty();

    @Inject
    public RemoteDelivery(DNSService dns, DomainList domains, MailQueueFactory<?> queues, MetricFactory metrics) {
        super(dns, domains, queues, metrics, ThreadState.DO_NOT_START_THREADS);
        this.dns = dns;
        this.domains = domains;
    }

    @Override
    public void init() throws MessagingException {
        super.init();
        Duration delayedAfter = Optional.ofNullable(getInitParameter("delayedAfter")).map(DurationParser::parse).orElse(DELAYED_AFTER);
        RemoteDeliveryConfiguration configuration = new RemoteDeliveryConfiguration(getMailetConfig(), domains);
        DeliveryRunnable ours = DeliveryChain.replace(this, new ReportingDelivery(configuration, dns, getMailetContext(),
            new ReportingDelivery.Reports(processor("relayedProcessor"), processor("delayedProcessor"), delayedAfter),
            Clock.systemUTC()));
        ours.start();
        chain = Optional.of(ours);
    }

    @Override
    public void destroy() {
        chain.ifPresent(DeliveryRunnable::dispose);
        super.destroy();
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        Stream<ProcessingState> ours = Stream.of("relayedProcessor", "delayedProcessor")
            .flatMap(name -> processor(name).stream())
            .map(ProcessingState::new);
        return Stream.concat(super.requiredProcessingState().stream(), ours).toList();
    }

    private Optional<String> processor(String parameter) {
        return Optional.ofNullable(getInitParameter(parameter));
    }
}
