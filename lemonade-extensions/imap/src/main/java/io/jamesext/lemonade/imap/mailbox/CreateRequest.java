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

package io.jamesext.lemonade.imap.mailbox;

import java.util.ArrayList;
import java.util.List;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.folder.Arguments;

/**
 * A CREATE. RFC 3501 section 6.3.3, RFC 4466 section 2.2 and RFC 6154 section 6:
 *
 * <pre>
 * create       = "CREATE" SP mailbox [SP "(" create-param *(SP create-param) ")"]
 * create-param = "USE" SP "(" [use-attr *(SP use-attr)] ")"
 * </pre>
 */
public final class CreateRequest extends AbstractImapRequest {
    private final String name;
    private final List<String> uses;

    CreateRequest(Tag tag, String name, List<String> uses) {
        super(tag, ImapConstants.CREATE_COMMAND);
        this.name = name;
        this.uses = List.copyOf(uses);
    }

    /** Reads the arguments. */
    public static CreateRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        String name = arguments.mailbox();
        List<String> uses = new ArrayList<>();
        if (arguments.skip(' ')) {
            arguments.expect('(');
            if (!arguments.atom().equalsIgnoreCase("USE")) {
                throw Arguments.syntax("Expected USE");
            }
            arguments.space();
            arguments.expect('(');
            while (!arguments.skip(')')) {
                if (!uses.isEmpty()) {
                    arguments.space();
                }
                uses.add(arguments.attribute());
            }
            arguments.expect(')');
        }
        return new CreateRequest(tag, name, uses);
    }

    String name() {
        return name;
    }

    List<String> uses() {
        return uses;
    }
}
