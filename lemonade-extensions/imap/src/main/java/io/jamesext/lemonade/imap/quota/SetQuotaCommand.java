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

package io.jamesext.lemonade.imap.quota;

import java.util.function.Consumer;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.SetQuotaRequest;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.folder.FolderCommand;
import io.jamesext.lemonade.imap.folder.FolderSession;
import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.folder.Untagged;
import reactor.core.publisher.Mono;

/**
 * SETQUOTA, which no user may: QUOTASET is not advertised. RFC 9208 section 4.1.3:
 * {@code setquota = "SETQUOTA" SP astring SP "(" [resource-name SP number *(SP ...)] ")"}.
 */
public final class SetQuotaCommand implements FolderCommand<SetQuotaRequest> {
    /** Reads the arguments. */
    public static SetQuotaRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        SetQuotaRequest request = new SetQuotaRequest(tag, arguments.astring());
        arguments.space();
        arguments.expect('(');
        boolean first = true;
        while (!arguments.skip(')')) {
            if (!first) {
                arguments.space();
            }
            first = false;
            String resource = arguments.atom();
            arguments.space();
            request.addResourceLimit(resource, arguments.number());
        }
        return request;
    }

    @Override
    public Class<SetQuotaRequest> request() {
        return SetQuotaRequest.class;
    }

    @Override
    public Mono<String> run(SetQuotaRequest request, FolderSession session, Consumer<Untagged> responses) {
        return Mono.error(new RefusedException("NOPERM", "Only administrators can do that."));
    }
}
