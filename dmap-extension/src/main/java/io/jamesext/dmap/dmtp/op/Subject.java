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
package io.jamesext.dmap.dmtp.op;

import java.util.Optional;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dmtp.Directory;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Whose signet a command asks for: {@code "USER=<" address ">" / "DOMAIN=<" domain ">"}.
 *
 * @param name an address, or a domain in lower case
 * @param isUser which of the two
 * @param fingerprint of the signet, if the client gives one
 */
public record Subject(String name, boolean isUser, Optional<Fingerprint> fingerprint) {
    /** Also takes the older spelling {@code <name> [fingerprint]}, as libdime's resolver has it. */
    static Subject parse(CommandLine line) {
        line.only(2, "USER", "DOMAIN", "FINGERPRINT");
        Optional<String> placed = line.placed(0);
        Optional<String> user = line.find("USER").or(() -> placed.filter(name -> name.contains("@")));
        Optional<String> domain = line.find("DOMAIN").or(() -> placed.filter(name -> !name.contains("@")));
        if (user.isPresent() == domain.isPresent()) {
            throw new ProtocolException(Failure.SYNTAX, "expected USER=<address> or DOMAIN=<domain>");
        }
        Optional<Fingerprint> fingerprint = line.fingerprint().or(() -> line.placed(1).map(Fingerprint::parse));
        return user.map(address -> new Subject(address(address), true, fingerprint))
            .orElseGet(() -> new Subject(Domains.parse(domain.orElseThrow()), false, fingerprint));
    }

    /** An address that may be one. SYNTAX if not. */
    static String address(String text) {
        Domains.of(text);
        if (text.indexOf('@') < 1) {
            throw new ProtocolException(Failure.SYNTAX, "expected an address");
        }
        return text;
    }

    Mono<Signet> signet(Directory directory) {
        return isUser ? directory.ofUser(name, fingerprint) : directory.ofDomain(name, fingerprint);
    }
}
