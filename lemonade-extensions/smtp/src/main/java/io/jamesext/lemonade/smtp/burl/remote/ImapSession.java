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

import static io.jamesext.lemonade.smtp.burl.remote.UrlFetchException.unavailable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.net.ssl.SSLContext;

/** The commands of one conversation. RFC 3501 section 6, RFC 4467 section 6.3. */
final class ImapSession {
    /** Characters of the longest quoted argument: a server with URLFETCH may be older than RFC 7162 section 4 and take lines of 1000. */
    private static final int MAX_QUOTED = 900;

    /** Takes an untagged response of a command. */
    interface Untagged {
        void take(ResponseLine response) throws UrlFetchException, IOException;
    }

    private final ImapConnection connection;
    private int commands;

    ImapSession(ImapConnection connection) {
        this.connection = connection;
    }

    /** Not PREAUTH: it would let someone in the middle talk us out of STARTTLS, for no state but the first knows that command. */
    void greeting() throws UrlFetchException {
        ResponseLine greeting = ResponseLine.of(connection.line());
        if (!greeting.isUntagged() || !greeting.isOk()) {
            throw unavailable("a greeting that is not OK");
        }
    }

    /** Without a look at the capabilities, which anyone could have changed on the way: a server that has no STARTTLS refuses it. */
    void startTls(SSLContext trust) throws UrlFetchException, IOException {
        if (!command(ImapSession::ignore, List.of("STARTTLS")).isOk()) {
            throw unavailable("STARTTLS refused");
        }
        connection.startTls(trust);
    }

    /** RFC 4468 section 3.3: PLAIN with an empty authorization identity. LOGIN is the last resort of RFC 3501 section 6.2.3. */
    void logIn(String user, String password) throws UrlFetchException, IOException {
        Set<String> capabilities = capabilities();
        List<String> command;
        if (capabilities.contains("AUTH=PLAIN")) {
            byte[] message = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
            command = List.of("AUTHENTICATE PLAIN", Base64.getEncoder().encodeToString(message));
        } else if (!capabilities.contains("LOGINDISABLED")) {
            command = withStrings("LOGIN", user, password);
        } else {
            throw unavailable("neither AUTH=PLAIN nor LOGIN");
        }
        if (!command(ImapSession::ignore, command).isOk()) {
            throw unavailable("log-in refused");
        }
    }

    private Set<String> capabilities() throws UrlFetchException, IOException {
        Set<String> capabilities = new HashSet<>();
        ResponseLine result = command(response -> {
            if (response.word().equals("CAPABILITY")) {
                capabilities.addAll(List.of(response.rest().toUpperCase(Locale.ROOT).split(" ")));
            } else {
                ignore(response);
            }
        }, List.of("CAPABILITY"));
        if (!result.isOk()) {
            throw unavailable("CAPABILITY refused");
        }
        return capabilities;
    }

    /** RFC 4467 section 6.3: a well-formed command has OK and a response; NO is a failure of the server. RFC 4468 section 6 on errors. */
    void urlFetch(String url, UrlFetchResponse content) throws UrlFetchException, IOException {
        ResponseLine result = command(response -> {
            if (response.word().equals("URLFETCH")) {
                content.take(response);
            } else {
                ignore(response);
            }
        }, withStrings("URLFETCH", url));
        if (!result.isOk()) {
            throw new UrlFetchException(UrlFetchException.Kind.UNRESOLVED, "URLFETCH refused");
        }
        if (!content.isComplete()) {
            throw unavailable("URLFETCH without a response");
        }
    }

    /** An unasked response is of no interest, but one with a literal would have its octets taken for responses. */
    private static void ignore(ResponseLine response) throws UrlFetchException {
        if (response.goesOn()) {
            throw unavailable("an unasked literal");
        }
    }

    /**
     * Sends a command, and every piece of it but the first when the server asks to go on.
     *
     * @return the tagged response
     */
    private ResponseLine command(Untagged untagged, List<String> pieces) throws UrlFetchException, IOException {
        String tag = "a" + ++commands;
        connection.send(tag + " " + pieces.get(0));
        int sent = 1;
        while (true) {
            ResponseLine response = ResponseLine.of(connection.line());
            if (response.tag().equals(tag)) {
                return response;
            } else if (response.isContinuation() && sent < pieces.size()) {
                connection.send(pieces.get(sent++));
            } else if (!response.isUntagged()) {
                throw unavailable("a response to no command");
            } else if (response.word().equals("BYE")) {
                throw unavailable("BYE");
            } else {
                untagged.take(response);
            }
        }
    }

    /** A command with its arguments quoted or, where that cannot be, as literals: a piece ends where the server has to ask for one. */
    private static List<String> withStrings(String name, String... arguments) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder(name);
        for (String argument : arguments) {
            if (argument.length() <= MAX_QUOTED && argument.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
                piece.append(" \"").append(argument.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
            } else {
                pieces.add(piece.append(" {").append(argument.getBytes(StandardCharsets.UTF_8).length).append('}').toString());
                piece = new StringBuilder(argument);
            }
        }
        pieces.add(piece.toString());
        return pieces;
    }
}
