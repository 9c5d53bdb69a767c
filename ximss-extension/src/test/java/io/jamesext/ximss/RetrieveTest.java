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

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "The current user must have the HTTP Service enabled." XIMSS, "Service Operations", retrieveXML and retrieveURL. */
class RetrieveTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"retrieveXML", "retrieveURL"})
    void nothingShouldBeRetrievedUnlessTheOperatorSaysSo(String verb) throws Exception {
        try (XimssTestServer server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
             XimssTestClient client = server.client().logIn()) {
            client.send("<" + verb + " id=\"R\" url=\"http://www.example.com/xml\"/>\0");
            assertThat(client.read()).isEqualTo("<response id=\"R\" errorText=\"the HTTP service is not enabled\" errorNum=\"551\"/>");
        }
    }

    @Test
    void statusShouldNotShowWhatIsOff() throws Exception {
        try (XimssTestServer server = XimssTestServer.start(folder, XimssTestServer.PLAIN);
             XimssTestClient client = server.client().logIn()) {
            client.send("<readStatus id=\"R\"/>\0");
            assertThat(client.read()).contains("messageStore").doesNotContain("HTTP");
        }
    }
}
