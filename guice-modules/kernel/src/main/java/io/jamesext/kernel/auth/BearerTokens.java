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
package io.jamesext.kernel.auth;

import java.net.MalformedURLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.protocols.api.OidcSASLConfiguration;

import com.google.common.base.Splitter;

import io.jamesext.kernel.server.ConfigurationCheck.Kind;

/** What OAUTHBEARER (RFC 7628) and XOAUTH2, which no RFC describes, put on the wire, and James's keys for them. */
public final class BearerTokens {
    /** James's keys below {@code auth.oidc}, in {@code imapserver.xml} and wherever else tokens are taken. */
    public static final Map<String, Kind> KEYS = Map.of(
        "auth.oidc.oidcConfigurationURL", Kind.TEXT,
        "auth.oidc.jwksURL", Kind.TEXT,
        "auth.oidc.claim", Kind.TEXT,
        "auth.oidc.scope", Kind.TEXT,
        "auth.oidc.introspection.url", Kind.TEXT,
        "auth.oidc.introspection.auth", Kind.TEXT,
        "auth.oidc.userinfo.url", Kind.TEXT);
    /** Those that James cannot do without. */
    private static final List<String> REQUIRED = List.of("jwksURL", "claim", "oidcConfigurationURL", "scope");
    /** The mechanisms, as they are advertised. */
    static final List<String> NAMES = List.of("OAUTHBEARER", "XOAUTH2");
    /** Of the whole response, in octets; longer ones are refused before anything is computed. */
    private static final int MAX_RESPONSE = 32 * 1024;
    private static final Splitter FIELDS = Splitter.on('\1');
    private static final String END = "\1\1";
    private static final String SCHEME = "bearer ";

    private BearerTokens() {
    }

    /**
     * What a client has sent.
     *
     * @param user whose mailboxes to use. RFC 7628 section 3.1 lets a server require it; James does
     * @param token who the client is
     */
    record Response(String user, String token) {
        /**
         * RFC 7628 section 3.1: {@code "n," ["a=" authzid] "," kvsep *(key "=" value kvsep) kvsep}; XOAUTH2 has {@code user=} in the place
         * of the header. Clients written for James send that behind {@code n,}. Unknown keys are passed over.
         */
        static Response parse(byte[] octets) {
            if (octets.length > MAX_RESPONSE) {
                throw Sasl.malformed();
            }
            String text = Sasl.utf8(octets);
            if (!text.endsWith(END)) {
                throw Sasl.malformed();
            }
            List<String> fields = FIELDS.splitToList(text.substring(0, text.length() - END.length()));
            String authorization = fields.stream().skip(1).filter(field -> field.startsWith("auth=")).reduce((first, second) -> {
                throw Sasl.malformed();
            }).orElseThrow(Sasl::malformed).substring("auth=".length());
            if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
                throw Sasl.malformed();
            }
            return new Response(user(fields.get(0)), authorization.substring(SCHEME.length()).strip());
        }

        private static String user(String header) {
            // RFC 5801 section 4; a channel that the client wants bound is not.
            String named = header.startsWith("n,") || header.startsWith("y,") ? header.substring(2) : header;
            if (named.startsWith("a=") && named.endsWith(",")) {
                return named.substring(2, named.length() - 1).replace("=2C", ",").replace("=3D", "=");
            }
            if (named.startsWith("user=") && named.length() > "user=".length()) {
                return named.substring("user=".length());
            }
            throw Sasl.malformed();
        }

        /** Says nothing, so that no log can hold a token. */
        @Override
        public String toString() {
            return "token";
        }
    }

    /** RFC 7628 section 3.2.2: why the token was refused, and where to get another. */
    static String refusal(OidcSASLConfiguration settings) {
        return "{\"status\":\"invalid_token\",\"scope\":\"" + json(settings.getScope()) + "\",\"openid-configuration\":\""
            + json(settings.getOidcConfigurationURL().toExternalForm()) + "\"}";
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /**
     * James's configuration of one listener, where it has one.
     *
     * @throws IllegalArgumentException that names the key that is missing, or no address
     */
    static Optional<OidcSASLConfiguration> settings(HierarchicalConfiguration<ImmutableNode> configuration) {
        if (!configuration.getKeys("auth.oidc").hasNext()) {
            return Optional.empty();
        }
        for (String key : REQUIRED) {
            if (configuration.getString("auth.oidc." + key, "").isBlank()) {
                throw new IllegalArgumentException("key `auth.oidc." + key + "` is missing; expected " + String.join(", ", REQUIRED));
            }
        }
        try {
            return Optional.of(OidcSASLConfiguration.parse(configuration.configurationAt("auth.oidc")));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("key `auth.oidc`: expected addresses as https://HOST/PATH", e);
        }
    }
}
