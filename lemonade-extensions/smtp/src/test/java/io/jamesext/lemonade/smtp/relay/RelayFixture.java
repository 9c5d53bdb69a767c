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

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.AddressException;
import javax.mail.internet.MimeMessage;
import javax.xml.parsers.DocumentBuilderFactory;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The processors of the README, with James's queue and without the rest of James. */
final class RelayFixture implements AutoCloseable {
    static final String SENDER = "sender@example.org";
    static final Optional<DsnParameters> NOTHING_ASKED = Optional.empty();

    private final DNSService dns = new InMemoryDNSService().registerMxRecord("hop.example.org", "127.0.0.1")
        .registerMxRecord("localhost", "127.0.0.1").registerMxRecord("127.0.0.1", "127.0.0.1");
    private final MemoryMailQueueFactory queues = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory());
    private final BlockingQueue<Mail> reports = new LinkedBlockingQueue<>();
    private final Queue<Mail> made = new ConcurrentLinkedQueue<>();
    private final Map<String, Mailet> processors = new HashMap<>();
    private final Map<String, String> overrides;

    RelayFixture(Map<String, String> parameters, SmtpSink... hops) throws Exception {
        StringBuilder gateway = new StringBuilder();
        for (SmtpSink hop : hops) {
            gateway.append(gateway.length() == 0 ? "" : ",").append("hop.example.org:").append(hop.port());
        }
        overrides = new HashMap<>(Map.of("gateway", gateway.toString(), "loadBalancing", "false", "heloName", "mx.example.org",
            "reportingMta", "mx.example.org", "delayTime", "10 ms", "maxRetries", "1"));
        overrides.putAll(parameters);
        String readme = Files.readString(Path.of("README.md"));
        String xml = readme.substring(readme.indexOf("<processors>"), readme.indexOf("</processors>") + "</processors>".length());
        NodeList found = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(ISO_8859_1))).getElementsByTagName("processor");
        for (int i = 0; i < found.getLength(); i++) {
            Element processor = (Element) found.item(i);
            processors.put(processor.getAttribute("state"), mailet((Element) processor.getElementsByTagName("mailet").item(0)));
        }
    }

    private Mailet mailet(Element mailet) throws Exception {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder().mailetContext(context());
        Map<String, String> parameters = new HashMap<>();
        for (Node child = mailet.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element parameter) {
                parameters.put(parameter.getTagName(), parameter.getTextContent());
            }
        }
        parameters.putAll(overrides);
        parameters.forEach(config::setProperty);
        MemoryDomainList domains = new MemoryDomainList(dns);
        Mailet made = Class.forName(mailet.getAttribute("class")) == RemoteDelivery.class
            ? new RemoteDelivery(dns, domains, queues, new RecordingMetricFactory()) : new DeliveryReport(domains);
        made.init(config.build());
        return made;
    }

    /** James's fake one, but that mail for a processor goes there, and other mail is kept. */
    private MailetContext context() {
        FakeMailContext fake = FakeMailContext.builder().postmaster(address("postmaster@example.org")).build();
        Class<?>[] interfaces = {MailetContext.class};
        return (MailetContext) Proxy.newProxyInstance(RelayFixture.class.getClassLoader(), interfaces, (proxy, method, arguments) -> {
            if (!method.getName().equals("sendMail")) {
                try {
                    return method.invoke(fake, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
            Mail mail = (Mail) arguments[0];
            if (arguments.length == 2) {
                processor((String) arguments[1]).service(mail);
            } else {
                Mail report = mail.duplicate();
                made.add(report);
                reports.add(report);
            }
            return null;
        });
    }

    /** Sends a message as DSN parameters say. */
    void send(String sender, String message, Optional<DsnParameters> parameters, String... recipients) throws Exception {
        process("relay", mail(sender, message, parameters, recipients));
    }

    /** Gives a mail to a processor, and lets its message go. */
    void process(String state, Mail mail) throws MessagingException {
        processor(state).service(mail);
        LifecycleUtil.dispose(mail);
    }

    private Mailet processor(String state) {
        return Optional.ofNullable(processors.get(state)).orElseThrow();
    }

    static Mail mail(String sender, String message, Optional<DsnParameters> parameters, String... recipients) throws Exception {
        MailImpl.Builder mail = MailImpl.builder().name(MailImpl.getId()).sender(MaybeSender.getMailSender(sender))
            .mimeMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message.getBytes(ISO_8859_1))));
        for (String recipient : recipients) {
            mail.addRecipient(recipient);
        }
        MailImpl sent = mail.build();
        parameters.ifPresent(sent::setDsnParameters);
        return sent;
    }

    static String text(Mail mail) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        mail.getMessage().writeTo(octets);
        return octets.toString(ISO_8859_1);
    }

    Mail report() throws InterruptedException {
        Mail report = reports.poll(20, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("nothing was reported");
        }
        return report;
    }

    boolean hasReported() {
        return !reports.isEmpty();
    }

    static MailAddress address(String address) {
        try {
            return new MailAddress(address);
        } catch (AddressException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        processor("relay").destroy();
        made.forEach(LifecycleUtil::dispose);
    }
}
