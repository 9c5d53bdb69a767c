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
package io.jamesext.dmap.mailet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

import javax.mail.MessagingException;

import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.user.api.UsersRepository;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.Ints;
import com.google.inject.Inject;

import io.jamesext.dmap.dime.message.MessageComposer;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;

/**
 * Encrypts mail that arrives in the clear for those who do not trust the server with it, and delivers it to them; for the others the mail
 * goes on. PROTOCOL.md section 7.4. It belongs directly before LocalDelivery:
 * {@code <mailet match="RecipientIsLocal" class="io.jamesext.dmap.mailet.EncryptOnArrival"/>}, with the parameters
 * <ul>
 * <li>{@code paranoid}: {@code encrypt} (the default), or {@code refuse}: PARANOID accounts take no plain mail, its sender gets it back;
 * <li>{@code maxBytes}: the longest message that is encrypted, and the most octets that are being encrypted at the same time, each of which
 * needs about ten of memory; up to 67108864, which is the default.
 * </ul>
 *
 * <p>It delivers by itself, for a mail of James has one message and here each recipient has an own one, and a mail that went back into
 * the queue would be filtered by Sieve once more. What cannot be encrypted or delivered does go back into James's queue for these
 * recipients, {@link Requeue#DELAYS a few times}, and then to the sender; one that DMTP or SUBMIT has brought goes to the processor of
 * errors. It is never delivered, nor put into a repository, in the clear.
 */
public final class EncryptOnArrival extends GenericMailet {
    /** How many attempts have failed. */
    static final AttributeName TRIES = AttributeName.of("encrypt-on-arrival-tries");
    private static final ImmutableMap<String, Boolean> PARANOID = ImmutableMap.of("encrypt", false, "refuse", true);
    private static final Logger LOGGER = LoggerFactory.getLogger(EncryptOnArrival.class);

    private final Dime dime;
    private final UsersRepository users;
    private final Sealer sealer;
    private final SealedDelivery delivery;
    private final Metric delivered;
    private Verdicts verdicts;
    private Semaphore memory;

    /** On James's users and mailboxes. */
    @Inject
    public EncryptOnArrival(Dime dime, Gateways gateways, UsersRepository users, MailboxManager mailboxManager, MetricFactory metrics) {
        this.dime = dime;
        this.users = users;
        this.sealer = new Sealer(gateways);
        this.delivery = new SealedDelivery(mailboxManager);
        this.delivered = metrics.generate("dmapEncryptedOnArrival");
        this.verdicts = new Verdicts(dime, users, false, (int) MessageComposer.MAX_BYTES);
        this.memory = new Semaphore(verdicts.maxBytes(), true);
    }

    @Override
    public void init() throws MessagingException {
        Boolean refusesPlain = PARANOID.get(getInitParameter("paranoid", "encrypt"));
        if (refusesPlain == null) {
            throw new MessagingException("EncryptOnArrival: paranoid must be encrypt or refuse");
        }
        Integer maxBytes = Ints.tryParse(getInitParameter("maxBytes", Long.toString(MessageComposer.MAX_BYTES)));
        if (maxBytes == null || maxBytes < 1 || maxBytes > MessageComposer.MAX_BYTES) {
            throw new MessagingException("EncryptOnArrival: maxBytes must be a number from 1 to " + MessageComposer.MAX_BYTES);
        }
        verdicts = new Verdicts(dime, users, refusesPlain, maxBytes);
        memory = new Semaphore(maxBytes, true);
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        if (MailInTransit.isOne(mail)) {
            // DimeDelivery knows what to do with it.
            return;
        }
        Map<MailAddress, String> refused = new LinkedHashMap<>();
        List<MailAddress> failed = new ArrayList<>();
        try (Arrival arrival = new Arrival(mail, memory)) {
            for (MailAddress recipient : List.copyOf(mail.getRecipients())) {
                try {
                    Blocking.survive(() -> handle(mail, recipient, arrival)).ifPresent(reason -> refused.put(recipient, reason));
                } catch (ProtocolException e) {
                    // Later it would be the same.
                    refused.put(recipient, e.text());
                } catch (Exception e) {
                    LOGGER.error("Mail {} could not be encrypted for {} and delivered", mail.getName(), recipient, e);
                    failed.add(recipient);
                }
            }
        }
        refuse(mail, refused);
        again(mail, failed);
    }

    @Override
    public String getMailetInfo() {
        return "Encrypts mail on arrival";
    }

    /** Does what is to be done for a recipient, who is none of the mail's any more then; or gives the reason to refuse. */
    private Optional<String> handle(Mail mail, MailAddress recipient, Arrival arrival) throws Exception {
        Verdict verdict = verdicts.of(recipient, arrival);
        if (verdict instanceof Verdict.Refuse refusal) {
            return Optional.of(refusal.reason());
        }
        if (verdict instanceof Verdict.Encrypt encrypt) {
            delivery.deliver(arrival.octets(encrypt, recipient, sealer), encrypt.user(), mail, encrypt.mode());
        } else if (verdict instanceof Verdict.Rewrap rewrap) {
            delivery.deliver(arrival.octets(rewrap), rewrap.user(), mail, rewrap.mode());
        } else {
            return Optional.empty();
        }
        leave(mail, List.of(recipient));
        delivered.increment();
        LOGGER.info("Mail {} was delivered to {}, encrypted", mail.getName(), recipient);
        return Optional.empty();
    }

    private void refuse(Mail mail, Map<MailAddress, String> reasons) throws MessagingException {
        if (reasons.isEmpty()) {
            return;
        }
        LOGGER.info("Mail {} was refused for {}", mail.getName(), reasons);
        if (MailInTransit.hasArrived(mail)) {
            // It may be the only copy there is: whoever has brought it was told that it is ours, and nobody can be told otherwise.
            requeue().keep(mail, reasons.keySet());
        } else {
            // Nobody is told when there is no sender: a report that cannot be delivered ends here, RFC 5321 section 6.1.
            getMailetContext().bounce(mail, reasons.entrySet().stream()
                .map(refused -> "Your message was not delivered to " + refused.getKey().asString() + ": " + refused.getValue() + ".\r\n")
                .collect(Collectors.joining()));
        }
        leave(mail, reasons.keySet());
    }

    private void again(Mail mail, List<MailAddress> failed) throws MessagingException {
        if (failed.isEmpty()) {
            return;
        }
        if (requeue().again(mail, failed)) {
            leave(mail, failed);
        } else {
            refuse(mail, Maps.toMap(failed, recipient -> "it could not be encrypted and delivered"));
        }
    }

    private Requeue requeue() {
        return new Requeue(getMailetContext(), TRIES);
    }

    /** The mail ends where it has no recipients. */
    private static void leave(Mail mail, Collection<MailAddress> recipients) {
        mail.setRecipients(mail.getRecipients().stream().filter(recipient -> !recipients.contains(recipient)).toList());
        if (mail.getRecipients().isEmpty()) {
            mail.setState(Mail.GHOST);
        }
    }
}
