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
package io.jamesext.ximss.addressbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.groupware.vcard.CardReader;
import io.jamesext.ximss.smime.TestIdentity;

class VCardKeysTest {
    private static final TestIdentity BOB = TestIdentity.of("Bob", "bob@example.org");

    private static List<VCardKeys> read(String text) {
        return MessageCards.read(text, new CardReader()).stream().map(VCardKeys::of).toList();
    }

    private static List<VCardKeys> withKey(String property) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(BOB.certificate().getEncoded());
        String card = "BEGIN:VCARD\r\nEMAIL:bob@example.org\r\n" + property.replace("*", base64) + "\r\nEND:VCARD\r\n";
        return read(card).stream().filter(found -> !found.addresses().isEmpty()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEY;ENCODING=b:*", "KEY;ENCODING=B;TYPE=X509:*", "KEY;X509;ENCODING=BASE64:*", "KEY;X509;BASE64:*",
        "key;encoding=b:*", "item1.KEY;ENCODING=b:*", "KEY;X-NOTE=\"a:b;c\";ENCODING=b:*", "KEY:data:application/pkix-cert;base64,*",
        "KEY;MEDIATYPE=application/pkix-cert:data:application/pkix-cert;base64,*", "KEY;ENCODING=b:\r\n *"})
    void certificatesShouldBeFound(String property) throws Exception {
        assertThat(withKey(property)).containsExactly(new VCardKeys(List.of("bob@example.org"), List.of(BOB.certificate())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEY:*", "KEY;ENCODING=b:!!!", "KEY;ENCODING=b:", "KEY;ENCODING=b:AAAA", "KEY:https://example.org/key", "KEY",
        "KEY:data:application/pgp-keys;base64,AAAA", "X-KEY;ENCODING=b:*", "NOTE:KEY;ENCODING=b:*", "KEY;X=\"unended:*"})
    void whatIsNoneShouldBePassedOver(String property) throws Exception {
        assertThat(withKey(property)).containsExactly(new VCardKeys(List.of("bob@example.org"), List.of()));
    }

    @Test
    void cardsShouldNotBeMixed() throws Exception {
        List<VCardKeys> cards = read(("BEGIN:VCARD\nemail;TYPE=INTERNET:A@example.org\nEMAIL:mailto:b@example.org\nEND:VCARD\n"
            + BOB.vCard("Bob@Example.org")).replace("\r\n", "\n")).stream().filter(found -> !found.addresses().isEmpty()).toList();
        assertThat(cards).containsExactly(new VCardKeys(List.of("a@example.org", "b@example.org"), List.of()),
            new VCardKeys(List.of("bob@example.org"), List.of(BOB.certificate())));
    }

    @Test
    void hostileCardsShouldCostLittle() {
        assertTimeout(Duration.ofSeconds(10), () -> {
            for (String piece : List.of("\"", "\"a\"", ";", "a", ".", "\r\n ", "BEGIN:\n", "KEY;ENCODING=b:A\n", "KEY;ENCODING=b,")) {
                read("KEY;" + piece.repeat(512 * 1024 / piece.length()) + ":x");
            }
        });
    }
}
