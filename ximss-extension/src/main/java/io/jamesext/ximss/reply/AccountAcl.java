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

import java.util.Map;
import java.util.Optional;

import io.jamesext.ximss.xml.XimssWriter;

/**
 * The access control list of an account. XIMSS, "Account Management", accountACL.
 *
 * @param userName the account, if the request names it
 * @param elements from patterns to letters, a letter for each right
 */
public record AccountAcl(Optional<String> userName, Map<String, String> elements) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("accountACL").attribute("userName", userName);
        elements.forEach((pattern, rights) -> writer.open("aclElem").attribute("pattern", pattern).text(rights).close());
        writer.close();
    }
}
