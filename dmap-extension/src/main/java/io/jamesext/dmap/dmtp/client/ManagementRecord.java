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

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;

import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * What a domain says of itself in the DNS: the TXT record of {@code _dx.<domain>}. PROTOCOL.md section 10.6. James's DNSService does not
 * validate DNSSEC, so the record is only as good as the way to the resolver: it can demand more than the usual checks, never less.
 *
 * @param primaryKeys {@code pok}: the organisation's primary keys, at least one
 * @param certificateSignatures {@code tls}: signatures by such a key of SHA-512 of the server's certificate in DER; with any of them, one
 *         has to fit
 * @param servers {@code dx}: hosts, each with a port if it has one of its own
 * @param policy {@code pol}: experimental, mixed or strict
 */
public record ManagementRecord(ImmutableList<VerifyingKey> primaryKeys, ImmutableList<byte[]> certificateSignatures,
                               ImmutableList<HostAndPort> servers, String policy) {
    /** The host below the domain. */
    public static final String LABEL = "_dx.";
    /** Octets of a record. A TXT record can have 65535. */
    private static final int MAX_BYTES = 4096;
    /** Of one kind. */
    private static final int MAX_VALUES = 8;
    private static final Pattern FIELD = Pattern.compile("([A-Za-z]{1,16})=([!-:<-~]{1,512})");
    private static final Map<String, String> OTHER_NAMES = Map.of("version", "ver", "primary", "pok", "policy", "pol", "syndicates", "syn",
        "deliver", "dx", "expiry", "exp", "subdomain", "sub");
    private static final Map<String, Pattern> SINGLE = Map.of("ver", Pattern.compile("1"),
        "pol", Pattern.compile("experimental|mixed|strict"), "sub", Pattern.compile("strict|relaxed|explicit"),
        "exp", Pattern.compile("[0-9]{1,3}"));

    /** The record of a TXT's text as James gives it, with or without quotes. SYNTAX if it is none. */
    public static ManagementRecord parse(String txt) {
        if (txt.length() > MAX_BYTES) {
            throw malformed("it is longer than " + MAX_BYTES + " octets");
        }
        Map<String, List<String>> fields = new HashMap<>();
        for (String word : unquoted(txt.strip()).split("[ ;]+")) {
            Matcher field = FIELD.matcher(word);
            if (!field.matches()) {
                throw malformed("it is not made of NAME=value");
            }
            String name = field.group(1).toLowerCase(Locale.ROOT);
            fields.computeIfAbsent(OTHER_NAMES.getOrDefault(name, name), known -> new ArrayList<>()).add(field.group(2));
        }
        SINGLE.forEach((name, pattern) -> checkSingle(name, pattern, fields.getOrDefault(name, List.of())));
        if (!fields.containsKey("ver") || !fields.containsKey("pok")) {
            throw malformed("it lacks ver or pok");
        }
        return new ManagementRecord(
            values(fields, "pok", value -> VerifyingKey.of(octets(value, VerifyingKey.BYTES))),
            values(fields, "tls", value -> octets(value, VerifyingKey.SIGNATURE_BYTES)),
            values(fields, "dx", ManagementRecord::server),
            fields.getOrDefault("pol", List.of("experimental")).get(0).toLowerCase(Locale.ROOT));
    }

    private static void checkSingle(String name, Pattern pattern, List<String> values) {
        if (values.size() > 1 || !values.stream().allMatch(value -> pattern.matcher(value.toLowerCase(Locale.ROOT)).matches())) {
            throw malformed("it has a wrong value for " + name + ", or several");
        }
    }

    private static <T> ImmutableList<T> values(Map<String, List<String>> fields, String name, Function<String, T> read) {
        List<String> values = fields.getOrDefault(name, List.of());
        if (values.size() > MAX_VALUES) {
            throw malformed("it has more than " + MAX_VALUES + " of " + name);
        }
        return values.stream().map(read).collect(ImmutableList.toImmutableList());
    }

    private static HostAndPort server(String value) {
        try {
            HostAndPort server = HostAndPort.fromString(value);
            return HostAndPort.fromString(Domains.parse(server.getHost()) + (server.hasPort() ? ":" + server.getPort() : ""));
        } catch (IllegalArgumentException e) {
            throw malformed("dx is no host");
        }
    }

    private static byte[] octets(String base64, int length) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            if (octets.length == length) {
                return octets;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw malformed("a key or a signature is not " + length + " octets in base64");
    }

    /** RFC 1035 section 5.1: character-strings in quotes, which are one text here. */
    private static String unquoted(String txt) {
        if (!txt.startsWith("\"")) {
            return txt;
        }
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < txt.length(); i++) {
            char character = txt.charAt(i);
            if (character == '"') {
                inside = !inside;
            } else if (character == '\\' && i + 1 < txt.length()) {
                text.append(txt.charAt(++i));
            } else if (inside) {
                text.append(character);
            }
        }
        return text.toString().strip();
    }

    private static ProtocolException malformed(String cause) {
        return new ProtocolException(Failure.SYNTAX, "not a DIME management record: " + cause);
    }
}
