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
package io.jamesext.ximss.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.james.core.Username;

import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;

import io.jamesext.groupware.OneTimeSecrets;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.mail.ComposedMessage;
import io.jamesext.ximss.mail.EmailComposer;
import io.jamesext.ximss.smime.SealingKeys;
import io.jamesext.ximss.submit.Envelope;
import io.jamesext.ximss.submit.Submission;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Text;
import reactor.core.publisher.Mono;

/**
 * Helps users who have forgotten their password. XIMSS, "Pre-Login Operations", recoverPassword, mails the password; James knows no
 * passwords, and nobody should. What is mailed is a secret in its place, which within an hour and once sets a new password: a log-in with
 * it is for nothing else. It ends also when the password is changed otherwise.
 */
public final class Recovery {
    /** Of the secret. */
    static final Duration LIFETIME = Duration.ofHours(1);
    private static final int SECRET_BYTES = 16;
    /** Of so many octets in base64: for no other password is a secret looked up. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RecoveryAddresses addresses;
    private final OneTimeSecrets secrets;
    private final Submission submission;
    private final Background background;
    private final Clock clock;

    /** With James's queue for the mail. */
    public Recovery(RecoveryAddresses addresses, OneTimeSecrets secrets, Submission submission, Background background, Clock clock) {
        this.addresses = addresses;
        this.secrets = secrets;
        this.submission = submission;
        this.background = background;
        this.clock = clock;
    }

    /**
     * What was mailed, to be used up.
     *
     * @param kept as it is kept
     */
    public record Ticket(Username user, String kept) {
        /** Says nothing of it. */
        @Override
        public String toString() {
            return user.asString();
        }
    }

    /**
     * Mails a secret to the user's address, if there is such a user and such an address. Not while an earlier one is good, so that who asks
     * for more takes nothing from who has got it. Returns at once: nothing that a client could measure tells whether there is.
     *
     * @param host the server's name
     */
    public void mail(Username user, String host) {
        background.run(addresses.find(user)
            .flatMap(address -> addresses.stamp(user).flatMap(stamp -> {
                String secret = newSecret();
                Ticket ticket = new Ticket(user, kept(stamp, secret));
                return offer(ticket, stamp).filter(isNew -> isNew)
                    .flatMap(isNew -> Blocking.run(() -> send(user, address, secret, host))
                        // What has not been mailed is in nobody's way.
                        .onErrorResume(error -> secrets.take(user, ticket.kept).then(Mono.error(error))));
            })));
    }

    /** Keeps it, unless another is good; one of an earlier password is not. */
    private Mono<Boolean> offer(Ticket ticket, String stamp) {
        Mono<Boolean> offer = Mono.defer(() -> secrets.offer(ticket.user, ticket.kept, LIFETIME));
        return offer.flatMap(isNew -> isNew ? Mono.just(true) : secrets.find(ticket.user)
            .filter(earlier -> !earlier.startsWith(prefix(stamp)))
            .flatMap(ended -> secrets.take(ticket.user, ended))
            .flatMap(taken -> offer)
            .defaultIfEmpty(false));
    }

    /** Whether this is what was mailed to a user. It stays good. */
    public Mono<Boolean> isSecret(Username user, String password) {
        if (!SECRET.matcher(password).matches()) {
            return Mono.just(false);
        }
        // Both are read for every name: that there is no such user must not make it faster.
        return Mono.zip(
            addresses.stamp(user).map(stamp -> kept(stamp, password)).defaultIfEmpty(""),
            secrets.find(user).defaultIfEmpty(""),
            (hash, kept) -> !hash.isEmpty()
                && MessageDigest.isEqual(hash.getBytes(StandardCharsets.UTF_8), kept.getBytes(StandardCharsets.UTF_8)));
    }

    /** What would use a secret up, if it is one. */
    public Mono<Ticket> ticket(Username user, String secret) {
        return addresses.stamp(user).map(stamp -> kept(stamp, secret)).defaultIfEmpty("").map(kept -> new Ticket(user, kept));
    }

    /** Uses a secret up; fails with {@link Failure#AUTHENTICATION_FAILED} where it is none, or none any more. */
    public Mono<Void> take(Ticket ticket) {
        return secrets.take(ticket.user, ticket.kept)
            .filter(taken -> taken)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.AUTHENTICATION_FAILED, "authentication failed")))
            .then();
    }

    /** Makes one good again that was used up for nothing, for as long as a new one; not if the password is another by now. */
    public Mono<Void> giveBack(Ticket ticket) {
        return secrets.offer(ticket.user, ticket.kept, LIFETIME).then();
    }

    /** No salt and no slow function: nobody can guess 128 bits. The stamp ends the secret with the password, and tells which it was. */
    private static String kept(String stamp, String secret) {
        return prefix(stamp) + hash(stamp + ":" + secret);
    }

    private static String prefix(String stamp) {
        return hash(stamp) + ":";
    }

    private static String hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }

    private void send(Username user, String address, String secret, String host) throws Exception {
        Element email = email(user, submission.address(user).getDomain().asString(), address, secret);
        // Nobody answers it.
        Envelope envelope = new Envelope(user, Optional.empty(), List.of(Envelope.address(address)), false);
        try (ComposedMessage message = new EmailComposer(host)
                .compose(email, clock.instant(), copied -> ByteSource.empty(), SealingKeys.NONE)) {
            submission.send(envelope, message.octets());
        }
    }

    private static Element email(Username user, String domain, String address, String secret) {
        String text = "Somebody, perhaps you, has forgotten the password of " + user.asString() + ".\n\n"
            + "Within " + LIFETIME.toMinutes() + " minutes, log in with this in its place and set a new password:\n\n"
            + "    " + secret + "\n\n"
            + "If it was not you, do nothing: your password is still good. Give this to nobody.\n";
        return Element.of("EMail", Map.of(), List.of(
            Element.text("From", "postmaster@" + domain),
            Element.text("To", address),
            Element.text("Subject", "Your forgotten password"),
            Element.text("Auto-Submitted", "auto-generated"),
            Element.of("MIME", Map.of("type", "text", "subtype", "plain"), List.of(new Text(text)))));
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
