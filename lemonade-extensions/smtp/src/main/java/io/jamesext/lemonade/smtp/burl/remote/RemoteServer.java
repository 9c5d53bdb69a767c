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

package io.jamesext.lemonade.smtp.burl.remote;

/**
 * An IMAP server that this submission server has credentials for. RFC 4468 section 3.3.
 *
 * @param host its name or address, which its certificate must show
 * @param implicitTls whether TLS runs from the first octet; otherwise STARTTLS is required
 * @param user the authentication identity of the submission server there
 */
public record RemoteServer(String host, int port, boolean implicitTls, String user, String password) {
    /** RFC 3501 section 2.1. */
    public static final int DEFAULT_PORT = 143;
    /** RFC 4468 section 3.3 suggests it; for the password there is no default. */
    public static final String DEFAULT_USER = "submit";

    public RemoteServer {
        requireText("host", host);
        requireText("user", user);
        requireText("password", password);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("no port: " + port);
        }
    }

    /** RFC 4616 section 2: neither may hold a NUL; a line break has no place in the LOGIN command either. */
    private static void requireText(String name, String value) {
        if (value.isEmpty() || value.chars().anyMatch(c -> c == '\0' || c == '\r' || c == '\n')) {
            throw new IllegalArgumentException("the " + name + " of an IMAP server is empty, or holds a NUL or a line break");
        }
    }

    @Override
    public String toString() {
        // Without the password.
        return "RemoteServer[" + user + "@" + host + ":" + port + (implicitTls ? ", TLS" : ", STARTTLS") + "]";
    }
}
