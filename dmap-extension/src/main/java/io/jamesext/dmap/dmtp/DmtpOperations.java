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
package io.jamesext.dmap.dmtp;

import java.util.ArrayList;
import java.util.List;

import io.jamesext.dmap.dmtp.op.Data;
import io.jamesext.dmap.dmtp.op.Helo;
import io.jamesext.dmap.dmtp.op.Hist;
import io.jamesext.dmap.dmtp.op.Mail;
import io.jamesext.dmap.dmtp.op.Rcpt;
import io.jamesext.dmap.dmtp.op.Sgnt;
import io.jamesext.dmap.dmtp.op.Simple;
import io.jamesext.dmap.dmtp.op.Vrfy;

/** The table of commands, in the order of PROTOCOL.md section 10.2. */
final class DmtpOperations {
    private DmtpOperations() {
    }

    static List<DmtpOperation<?>> of(DmtpServices services, String host, long maxMessageBytes, LookupRate rate) {
        List<DmtpOperation<?>> operations = new ArrayList<>(List.of(
            Helo.plain(host),
            Helo.extended(host, maxMessageBytes),
            Simple.startTls(),
            Simple.mode(),
            Simple.rset(),
            Simple.noop(),
            Simple.quit(),
            new Sgnt(services.directory(), rate),
            new Hist(services.directory(), rate),
            new Vrfy(services.directory(), rate),
            new Mail(),
            new Rcpt(services.directory()),
            new Data(services.acceptance(), rate)));
        List<String> names = new ArrayList<>(operations.stream().map(DmtpOperation::name).toList());
        names.add("HELP");
        operations.add(Simple.help(names));
        return operations;
    }
}
