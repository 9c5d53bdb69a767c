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

package io.jamesext.lemonade.smtp.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.SMTPSessionImpl;
import org.apache.james.protocols.smtp.core.AbstractHookableCmdHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookResultHook;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.server.core.MailImpl;
import org.apache.james.smtpserver.dsn.DSNMessageHook;
import org.apache.james.smtpserver.dsn.DSNRcptParameterHook;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.smtp.data.MailCommand;
import io.jamesext.lemonade.smtp.data.RcptCommand;

/** The hook within our MAIL and RCPT, and James's DSNMessageHook. */
class DsnParameterHookTest {
    private final DsnParameterHook hook = new DsnParameterHook();
    private final MailCommand mail = new MailCommand(new RecordingMetricFactory(), new MemoryDomainList(new InMemoryDNSService()));
    private final RcptCommand rcpt = new RcptCommand(new RecordingMetricFactory(), new MemoryDomainList(new InMemoryDNSService()));
    private final SMTPSession session = new SMTPSessionImpl((ProtocolTransport) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[] {ProtocolTransport.class}, (proxy, method, arguments) -> null), new SMTPConfigurationImpl());

    @BeforeEach
    void wire() {
        mail.wireExtensions(MailParametersHook.class, List.of(hook));
        mail.wireExtensions(MailHook.class, List.of());
        rcpt.wireExtensions(RcptHook.class, List.of(hook));
        rcpt.wireExtensions(HookResultHook.class, List.of());
        session.setAttachment(SMTPSession.CURRENT_HELO_MODE, "EHLO", ProtocolSession.State.Connection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RET=ALL", "RET=", "RET", "RET=FULL RET=FULL", "ENVID=a ENVID=b", "ENVID=", "ENVID=a+2", "ENVID=a+2b",
        "ENVID=a=b", "ENVID=+0D+0A", "ENVID=\u00e9"})
    void mailShouldBeRefusedWhenAParameterIsWrong(String parameters) {
        assertThat(mail("FROM:<a@example.org> " + parameters)).isEqualTo("501 5.5.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RET=full", "RET=HDRS ENVID=a+20b+2B", "ENVID=QQ314159"})
    void mailShouldBeTakenWhenParametersAreRight(String parameters) {
        assertThat(mail("FROM:<a@example.org> " + parameters)).isEqualTo("250 2.1.0");
    }

    @Test
    void envelopeIdShouldHaveAtMost100Characters() {
        assertThat(mail("FROM:<a@example.org> ENVID=" + "x".repeat(101))).isEqualTo("501 5.5.4");
        assertThat(mail("FROM:<a@example.org> ENVID=" + "x".repeat(100))).isEqualTo("250 2.1.0");
    }

    @Test
    void refusedMailShouldLeaveNothingBehind() throws Exception {
        assertThat(mail("FROM:<a@example.org> ENVID=old RET=ALL")).isEqualTo("501 5.5.4");
        assertThat(mail("FROM:<a@> ENVID=old")).startsWith("501");
        assertThat(mail("FROM:<a@example.org> RET=HDRS")).isEqualTo("250 2.1.0");

        assertThat(DsnRequest.of(message()).mailParameters()).isEqualTo(" RET=HDRS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTIFY=NEVER,SUCCESS", "NOTIFY=ALWAYS", "NOTIFY=", "NOTIFY=NEVER NOTIFY=NEVER", "notify=NEVER NOTIFY=NEVER",
        "ORCPT=a@example.com", "ORCPT=;a", "ORCPT=rfc822;", "ORCPT=rfc822;a=b", "ORCPT=rfc822;a+0A", "ORCPT=(r);a",
        "ORCPT=rfc822;a ORCPT=rfc822;a"})
    void rcptShouldBeRefusedWhenAParameterIsWrong(String parameters) {
        mail("FROM:<a@example.org>");

        assertThat(rcpt("TO:<b@example.com> " + parameters)).isEqualTo("501 5.5.4");
    }

    @Test
    void originalRecipientShouldHaveAtMost500Characters() {
        mail("FROM:<a@example.org>");

        assertThat(rcpt("TO:<b@example.com> ORCPT=x400;" + "x".repeat(496))).isEqualTo("501 5.5.4");
        assertThat(rcpt("TO:<b@example.com> ORCPT=x400;" + "x".repeat(495))).isEqualTo("250 2.1.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b+2Bc@Example.COM", "NOTIFY=NEVER", "ORCPT=X400;/S+3Db/C+3D+2B",
        "ORCPT=rfc822;not+20an+20address"})
    void rcptParametersShouldBeRelayedAsTheyCame(String parameters) throws Exception {
        mail("FROM:<a@example.org>");

        assertThat(rcpt("TO:<b@example.com> " + parameters)).isEqualTo("250 2.1.5");

        assertThat(DsnRequest.of(message()).rcptParameters(new MailAddress("b@example.com"))).isEqualTo(" " + parameters);
    }

    @Test
    void recipientNamedTwiceShouldHaveWhatItWasGivenLast() throws Exception {
        mail("FROM:<a@example.org>");
        rcpt("TO:<b@example.com> NOTIFY=NEVER");
        rcpt("TO:<b@example.com> NOTIFY=DELAY");

        assertThat(DsnRequest.of(message()).rcptParameters(new MailAddress("b@example.com"))).isEqualTo(" NOTIFY=DELAY");
    }

    /** Else a client could fill the heap with recipients that nobody takes. */
    @Test
    void refusedRecipientShouldLeaveNothingBehind() throws Exception {
        rcpt.wireExtensions(RcptHook.class, List.of(hook, new Denying()));
        mail("FROM:<a@example.org>");
        assertThat(rcpt("TO:<b@example.com> NOTIFY=NEVER")).startsWith("554");
        assertThat(rcpt("TO:<c@example.com> NOTIFY=NEVER")).startsWith("554");

        assertThat(DsnRequest.of(message()).rcptParameters(new MailAddress("b@example.com"))).isEmpty();
        assertThat(session.getAttachment(DSNRcptParameterHook.DSN_RCPT_PARAMETERS, ProtocolSession.State.Transaction)).isEmpty();
    }

    /** RFC 3461 section 4: xtext may hold the sign that ends a path. */
    @Test
    void parameterMayHoldTheEndOfAPath() throws Exception {
        mail("FROM:<a@example.org>");

        assertThat(rcpt("TO:<b@example.com> ORCPT=rfc822;a>b NOTIFY=NEVER")).isEqualTo("250 2.1.5");
        assertThat(DsnRequest.of(message()).rcptParameters(new MailAddress("b@example.com"))).isEqualTo(" NOTIFY=NEVER ORCPT=rfc822;a>b");
    }

    @Test
    void quotedLocalPartShouldBeNoParameter() {
        mail("FROM:<a@example.org>");

        assertThat(rcpt("TO:<\"x x  x>\"@example.com>")).startsWith("250");
    }

    private static final class Denying implements RcptHook {
        @Override
        public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient, Map<String, String> parameters) {
            return HookResult.DENY;
        }
    }

    private String mail(String argument) {
        return reply(mail, "MAIL", argument);
    }

    private String rcpt(String argument) {
        return reply(rcpt, "RCPT", argument);
    }

    private String reply(AbstractHookableCmdHandler<?> handler, String command, String argument) {
        Response response = handler.onCommand(session, new BaseRequest(command, argument));
        return response.getLines().get(0).subSequence(0, "250 2.1.0".length()).toString();
    }

    private Mail message() throws Exception {
        MailImpl message = MailImpl.builder().name("m").sender("a@example.org").addRecipient("b@example.com").build();
        // As LemonadeHandlers has them.
        hook.onMessage(session, message);
        new DSNMessageHook().onMessage(session, message);
        return message;
    }
}
