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

import java.util.Optional;

import io.jamesext.ximss.xml.XimssWriter;

/**
 * The client is logged in. XIMSS, "Login Operations", session.
 *
 * @param urlId names the session
 * @param userName the user, as accountName@domainName
 * @param realName as it was given at the signup, for James keeps none
 */
public record SessionCreated(String urlId, String userName, Optional<String> realName) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("session").attribute("urlID", urlId).attribute("userName", userName).attribute("realName", realName).close();
    }
}
