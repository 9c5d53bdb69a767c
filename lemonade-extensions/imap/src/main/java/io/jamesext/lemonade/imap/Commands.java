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

package io.jamesext.lemonade.imap;

import java.util.List;

import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.apache.james.imap.processor.base.AbstractProcessor;

/** A table of commands: how they are read, what they do, and how their own responses are written. */
interface Commands {
    /** A parser of ours stands in the place of James's parser of the same command. */
    List<AbstractImapCommandParser> parsers();

    /** Made anew for each listener: James's singletons would carry the settings of one into the others. */
    List<AbstractProcessor<?>> processors();

    /** Of responses that James does not know; all others are written as James does. */
    List<ImapResponseEncoder<?>> encoders();
}
