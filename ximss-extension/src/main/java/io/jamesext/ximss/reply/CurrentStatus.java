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
package io.jamesext.ximss.reply;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.jamesext.ximss.account.LogInHistory;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * How the account is. XIMSS, "Service Operations", currentStatus.
 *
 * @param used octets
 * @param limit octets; absent for no limit
 * @param previousLogIn the one before this session's
 * @param lastFailedLogIn the last log-in that failed
 * @param zone the user's time zone
 * @param rulesAllowed which mail rules the user may set
 * @param options what is enabled for the account
 */
public record CurrentStatus(long used, OptionalLong limit, Optional<LogInHistory.Entry> previousLogIn,
                            Optional<LogInHistory.Entry> lastFailedLogIn, ZoneId zone, String rulesAllowed,
                            List<String> options) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("currentStatus").open("messageStore").attribute("used", used);
        limit.ifPresent(octets -> writer.attribute("limit", octets));
        writer.close();
        previousLogIn.ifPresent(entry -> write("PrevLogin", entry, writer));
        lastFailedLogIn.ifPresent(entry -> write("LastFailedLogin", entry, writer));
        writer.open("RulesAllowed").text(rulesAllowed).close();
        options.forEach(option -> writer.open("option").text(option).close());
        writer.close();
    }

    private void write(String element, LogInHistory.Entry entry, XimssWriter writer) {
        writer.open(element)
            .attribute("gmtTime", Times.basic(entry.time(), ZoneOffset.UTC))
            .attribute("localTime", Times.basic(entry.time(), zone))
            .attribute("ip", entry.address())
            .close();
    }
}
