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
package io.jamesext.dmap.dmtp.client;

import java.util.List;

import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.dnsservice.api.TemporaryResolutionException;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;
import com.google.inject.Inject;

import io.jamesext.kernel.failure.ProtocolException;

/** Finds the server of a domain: by the operator's routes, otherwise by the domain's management record. */
public final class DmtpServers {
    /** libdime's port for DMTP under TLS from the first octet. */
    private static final int PORT = 26;

    private final DmtpSettings settings;
    private final DNSService dns;

    /** On the configuration and James's DNS. */
    @Inject
    public DmtpServers(DmtpSettings settings, DNSService dns) {
        this.settings = settings;
        this.dns = dns;
    }

    /** The server. Blocks. */
    DmtpServer of(String domain) throws DmtpException {
        DmtpSettings.Route route = settings.routes().get(domain);
        if (route != null) {
            return new DmtpServer(domain, ImmutableList.of(route.server()), route.primaryKey().stream()
                .collect(ImmutableList.toImmutableList()), ImmutableList.of(), true);
        }
        ManagementRecord found = found(domain);
        ImmutableList<HostAndPort> addresses = found.servers().isEmpty()
            ? ImmutableList.of(HostAndPort.fromParts(domain, PORT))
            : found.servers().stream().map(server -> server.withDefaultPort(PORT)).collect(ImmutableList.toImmutableList());
        return new DmtpServer(domain, addresses, found.primaryKeys(), found.certificateSignatures(), false);
    }

    private ManagementRecord found(String domain) throws DmtpException {
        List<String> texts = texts(ManagementRecord.LABEL + domain);
        if (texts.isEmpty()) {
            if (isAway(ManagementRecord.LABEL + domain)) {
                throw new DmtpException(DmtpException.Kind.TEMPORARY, "the DNS cannot be asked for the domain " + domain + " now");
            }
            // The one packet may have been lost, and the other not.
            texts = texts(ManagementRecord.LABEL + domain);
        }
        if (texts.isEmpty()) {
            throw new DmtpException(DmtpException.Kind.NO_SERVER, "the domain " + domain + " takes no DIME messages");
        }
        try {
            if (texts.size() == 1) {
                return ManagementRecord.parse(texts.get(0));
            }
        } catch (ProtocolException e) {
            // Told below.
        }
        throw new DmtpException(DmtpException.Kind.NO_SERVER, "the DNS record of the domain " + domain + " is not in order");
    }

    /** Only texts that mean to be such records: others may stand beside them. */
    private List<String> texts(String host) {
        try {
            return dns.findTXTRecords(host).stream().filter(text -> text.matches("(?is)[ \"]*ver(sion)?=.*")).toList();
        } catch (RuntimeException e) {
            // James's services have no exception of their own for this.
            return List.of();
        }
    }

    /** Of the look-ups that James's DNS has, this one tells a record that is not there from a server that does not answer. */
    private boolean isAway(String host) {
        try {
            dns.findMXRecords(host);
            return false;
        } catch (TemporaryResolutionException e) {
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
