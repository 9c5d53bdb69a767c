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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.core.Username;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.hash.Hashing;

import io.jamesext.testing.mailbox.BothBackends;

/**
 * XIMSS, "Login Operations": the example with CRAM-MD5 (lines 170-174 of the text, from RFC 2195), with the challenge that the server
 * makes. What it prints of the session is another user's; and the challenge has the request's id.
 */
@BothBackends
class SaslTest {
    private static final Pattern CHALLENGE = Pattern.compile("<challenge id=\"A001\" value=\"([^\"]+)\"/>");
    private static final String KEY = "<credentialKey>" + Base64.getEncoder().encodeToString(new byte[32]) + "</credentialKey>";
    private static final String TIM = "tim";
    private static final String PASSWORD = "tanstaaftanstaaf";

    @TempDir
    Path folder;
    private XimssTestServer server;
    private XimssTestClient client;

    @BeforeEach
    void start() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + KEY);
        server.james.users().addUser(Username.of("tim@example.org"), PASSWORD);
        // The server has the password from a log-in with it.
        try (XimssTestClient first = server.client()) {
            first.send("<login id=\"L\" authData=\"tim\" password=\"" + PASSWORD + "\"/>\0");
            first.readUntil("<response id=\"L\"/>");
        }
        client = server.client();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void exampleShouldBePlayed() throws Exception {
        client.send(auth(base64(TIM + " " + digest(challenge()))));

        assertThat(client.read()).matches("<session id=\"A001\" urlID=\"[^\"]+\" userName=\"tim@example.org\"/>");
        assertThat(client.read()).isEqualTo("<response id=\"A001\"/>");
    }

    /** As cgpClient sends it: the name and the digest each in base64 of its own. */
    @Test
    void paddingInTheMiddleShouldBeTaken() throws Exception {
        String twice = base64(TIM + "@example.org ") + base64(digest(challenge()));
        assertThat(twice).matches("[^=]+=+[^=]+=*");
        client.send(auth(twice));

        assertThat(client.read()).startsWith("<session id=\"A001\"");
    }

    @Test
    void responseOfTheExampleShouldFailForAnotherChallenge() throws Exception {
        challenge();
        client.send(auth("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw"));

        assertThat(client.read()).isEqualTo("<response id=\"A001\" errorText=\"authentication failed\" errorNum=\"535\"/>");
    }

    @Test
    void featuresShouldNameTheMechanisms() throws Exception {
        client.send("<listFeatures id=\"F\"/>\0");

        assertThat(client.read()).contains("<sasl>SCRAM-SHA-256</sasl><sasl>DIGEST-MD5</sasl><sasl>CRAM-MD5</sasl><sasl>PLAIN</sasl>");
    }

    private String challenge() throws Exception {
        client.send("<login id=\"A001\" method=\"CRAM-MD5\" />\0");
        Matcher matcher = CHALLENGE.matcher(client.read());
        assertThat(matcher.matches()).isTrue();
        return new String(Base64.getDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8);
    }

    private static String auth(String value) {
        return "<auth id=\"A001\" value=\"" + value + "\" />\0";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("deprecation")
    private static String digest(String challenge) {
        return Hashing.hmacMd5(PASSWORD.getBytes(StandardCharsets.UTF_8)).hashString(challenge, StandardCharsets.UTF_8).toString();
    }
}
