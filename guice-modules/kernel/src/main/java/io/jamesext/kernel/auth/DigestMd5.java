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

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.common.base.CharMatcher;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;

/** The server's side of one DIGEST-MD5 exchange (RFC 2831), for authentication alone, without subsequent authentication. */
final class DigestMd5 {
    static final String NAME = "DIGEST-MD5";
    /** RFC 2831 section 2.1.2: a digest-response must be shorter. */
    private static final int MAX_RESPONSE_BYTES = 4096;
    private static final String AUTH = "auth";
    private static final String FIRST = "00000001";

    /**
     * RFC 2831 section 2.1.2, digest-response.
     *
     * @param directives by their names in small letters, unquoted
     */
    record Response(Map<String, String> directives) {
        private static final Pattern DIRECTIVE = Pattern.compile("\\s*(?<name>[A-Za-z-]+)\\s*=\\s*"
            + "(?:\"(?<quoted>[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|(?<token>[^\"\\\\,\\s]*+))\\s*(?:,|$)", Pattern.DOTALL);

        static Response parse(byte[] octets) {
            if (octets.length >= MAX_RESPONSE_BYTES) {
                throw Sasl.malformed();
            }
            Map<String, String> directives = read(new String(octets, StandardCharsets.ISO_8859_1));
            // Section 2.1.2: without this directive, name and realm are in ISO 8859-1.
            if (directives.containsKey("charset")) {
                directives = read(Sasl.utf8(octets));
            }
            Response response = new Response(directives);
            if (response.required("username").isEmpty() || response.required("response").isEmpty()
                    || !response.required("nc").equals(FIRST) || !response.or("qop", AUTH).equals(AUTH)) {
                throw Sasl.malformed();
            }
            return response;
        }

        private static Map<String, String> read(String text) {
            Map<String, String> directives = new HashMap<>();
            Matcher matcher = DIRECTIVE.matcher(text);
            int end = 0;
            while (end < text.length()) {
                if (!matcher.find(end) || matcher.start() != end) {
                    throw Sasl.malformed();
                }
                String quoted = matcher.group("quoted");
                String value = quoted == null ? matcher.group("token") : quoted.replaceAll("(?s)\\\\(.)", "$1");
                if (directives.put(matcher.group("name").toLowerCase(Locale.ROOT), value) != null) {
                    throw Sasl.malformed();
                }
                end = matcher.end();
            }
            return directives;
        }

        String user() {
            return required("username");
        }

        Optional<String> actAs() {
            return Optional.ofNullable(directives.get("authzid")).filter(name -> !name.isEmpty());
        }

        private String required(String name) {
            return Optional.ofNullable(directives.get(name)).orElseThrow(Sasl::malformed);
        }

        private String or(String name, String otherwise) {
            return directives.getOrDefault(name, otherwise);
        }

        /** Says nothing of the digest, by which a password can be guessed. */
        @Override
        public String toString() {
            return "DIGEST-MD5 of " + user();
        }
    }

    private final String realm;
    private final String nonce;

    /** For the users of a realm. */
    DigestMd5(String realm) {
        this(realm, CramMd5.nonce());
    }

    /** With the nonce given, for known answers. */
    DigestMd5(String realm, String nonce) {
        this.realm = realm;
        this.nonce = nonce;
    }

    /** RFC 2831 section 2.1.1, digest-challenge. Domains and host names have nothing that must be quoted with a backslash. */
    String challenge() {
        return "realm=\"" + realm + "\",nonce=\"" + nonce + "\",qop=\"auth\",charset=utf-8,algorithm=md5-sess";
    }

    /** Fails as a wrong password does unless the response was made with this one, for this exchange. */
    void check(Response response, String password) {
        String sentRealm = response.or("realm", "");
        boolean isOurs = response.required("nonce").equals(nonce) && (sentRealm.isEmpty() || sentRealm.equalsIgnoreCase(realm));
        // The service in digest-uri is in the digest and not looked at: the nonce is of this exchange and no other.
        String expected = digest(response, password, "AUTHENTICATE:");
        boolean proved = MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
            response.required("response").getBytes(StandardCharsets.UTF_8));
        if (!isOurs || !proved) {
            throw LogIn.failed();
        }
    }

    /** Section 2.1.3: the server's own proof. */
    String serverFinal(Response response, String password) {
        return "rspauth=" + digest(response, password, ":");
    }

    /** Section 2.1.2.1, response-value. */
    private String digest(Response response, String password, String a2Prefix) {
        Charset charset = response.directives.containsKey("charset") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        String cnonce = response.required("cnonce");
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        secret.writeBytes(hashed(response.user()));
        secret.write(':');
        secret.writeBytes(hashed(response.or("realm", "")));
        secret.write(':');
        secret.writeBytes(hashed(password));
        ByteArrayOutputStream a1 = new ByteArrayOutputStream();
        a1.writeBytes(md5(secret.toByteArray()));
        a1.writeBytes((":" + nonce + ":" + cnonce + response.actAs().map(name -> ":" + name).orElse("")).getBytes(charset));
        String a2 = hex((a2Prefix + response.required("digest-uri")).getBytes(charset));
        return hex((hex(a1.toByteArray()) + ":" + nonce + ":" + FIRST + ":" + cnonce + ":" + AUTH + ":" + a2).getBytes(charset));
    }

    /** Section 2.1.2.1: name, realm and password are in ISO 8859-1 before they are hashed when they can be. */
    private static byte[] hashed(String text) {
        return text.getBytes(CharMatcher.inRange('\0', '\u00ff').matchesAllOf(text) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static String hex(byte[] octets) {
        return BaseEncoding.base16().lowerCase().encode(md5(octets));
    }

    @SuppressWarnings("deprecation") // RFC 2831 has MD5 and nothing else.
    private static byte[] md5(byte[] octets) {
        return Hashing.md5().hashBytes(octets).asBytes();
    }
}
