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
package io.jamesext.testing.auth;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** An OpenID Connect server on the loopback, as far as a mail server talks to one: its key, and what it says of its tokens. */
public final class TokenIssuer implements AutoCloseable {
    private static final String KEY = "key";
    private static final long HOUR_SECONDS = 3600;

    private final KeyPair pair;
    private final HttpServer http;
    private final AtomicInteger keyRequests = new AtomicInteger();
    private volatile String owner = "";

    /** With a new key. */
    public TokenIssuer() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        String keys = "{\"keys\":[{\"kid\":\"" + KEY + "\",\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"n\":\""
            + base64Url(key.getModulus()) + "\",\"e\":\"" + base64Url(key.getPublicExponent()) + "\"}]}";
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/jwks", exchange -> {
            keyRequests.incrementAndGet();
            answer(exchange, 200, keys);
        });
        http.createContext("/userinfo", exchange -> answer(exchange, owner.isEmpty() ? 401 : 200, "{\"email\":\"" + owner + "\"}"));
        http.createContext("/introspection", exchange ->
            answer(exchange, 200, "{\"active\":" + !owner.isEmpty() + ",\"email\":\"" + owner + "\"}"));
        http.start();
    }

    /** James's element {@code auth} for tokens of this server, with more keys in its {@code oidc}. */
    public String configuration(String more) {
        return "<auth><oidc><oidcConfigurationURL>https://example.org/.well-known</oidcConfigurationURL>"
            + "<jwksURL>" + address("jwks") + "</jwksURL><claim>email</claim><scope>mail</scope>" + more + "</oidc></auth>";
    }

    /** Where it answers. */
    public String address(String path) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + path;
    }

    /** What it says of all tokens from now on: whose they are; empty text when they are good no more. */
    public void says(String email) {
        owner = email;
    }

    /** How often its key was asked for. */
    public int keyRequests() {
        return keyRequests.get();
    }

    /** A token of this user for an hour. */
    public String token(String email) throws GeneralSecurityException {
        return token(email, HOUR_SECONDS);
    }

    /** RFC 7515, by RS256. */
    public String token(String email, long seconds) throws GeneralSecurityException {
        String signed = base64Url("{\"alg\":\"RS256\",\"kid\":\"" + KEY + "\"}") + "."
            + base64Url("{\"email\":\"" + email + "\",\"exp\":" + Instant.now().plusSeconds(seconds).getEpochSecond() + "}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    /** RFC 7628 section 3.1, in base64. */
    public static String bearer(String user, String token) {
        return base64("n,a=" + user + ",\1host=server.example.org\1port=143\1auth=Bearer " + token + "\1\1");
    }

    /** In base64. */
    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64Url(BigInteger number) {
        byte[] octets = number.toByteArray();
        int sign = octets[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(octets, sign, octets.length));
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
