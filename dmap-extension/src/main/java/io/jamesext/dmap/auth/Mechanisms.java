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
package io.jamesext.dmap.auth;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.apache.james.mailbox.MailboxSession;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.auth.Sasl;
import reactor.core.publisher.Mono;

/**
 * The SASL mechanisms of one configured DMAP server: the kernel's SCRAM-SHA-256, with channel binding and without, PLAIN and those with
 * tokens; STACIE; and EXTERNAL.
 */
public final class Mechanisms {
    private static final byte[] EMPTY = {};
    private static final String SCRAM = "SCRAM-";

    private final Sasl sasl;
    private final boolean bindsChannels;
    private final Optional<StacieExchange> stacie;
    private final ExternalExchange external;

    Mechanisms(Sasl sasl, boolean bindsChannels, Optional<StacieExchange> stacie, ExternalExchange external) {
        this.sasl = sasl;
        this.bindsChannels = bindsChannels;
        this.stacie = stacie;
        this.external = external;
    }

    /** The mechanisms that work for this client now, the strongest first. Draft section 7.1.1. */
    public List<String> offered(Client client) {
        List<String> kernels = sasl.offered(bound(client));
        ImmutableList.Builder<String> offered = ImmutableList.builder();
        if (external.isOffered(client)) {
            offered.add(ExternalExchange.NAME);
        }
        offered.addAll(kernels.stream().filter(name -> name.startsWith(SCRAM)).toList());
        if (stacie.isPresent()) {
            offered.add(StacieExchange.NAME);
        }
        return offered.addAll(kernels.stream().filter(name -> !name.startsWith(SCRAM)).toList()).build();
    }

    /** Talks to the client until it is known who it is, as {@link Sasl#converse} does, by one of the mechanisms that are offered. */
    public Mono<MailboxSession> converse(String mechanism, Client client, Optional<byte[]> initialResponse,
                                         Function<byte[], Mono<byte[]>> ask) {
        Mono<byte[]> first = initialResponse.map(Mono::just).orElseGet(() -> Mono.defer(() -> ask.apply(EMPTY)));
        if (stacie.isPresent() && mechanism.equalsIgnoreCase(StacieExchange.NAME)) {
            return stacie.get().converse(client, first, ask);
        }
        if (external.isOffered(client) && mechanism.equalsIgnoreCase(ExternalExchange.NAME)) {
            return external.converse(client, first);
        }
        return sasl.converse(mechanism, bound(client), initialResponse, ask);
    }

    private Client bound(Client client) {
        return bindsChannels ? client : new Client(client.address(), client.encrypted());
    }
}
