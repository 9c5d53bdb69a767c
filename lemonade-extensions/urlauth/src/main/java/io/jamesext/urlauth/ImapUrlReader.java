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

package io.jamesext.urlauth;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads a URL from left to right; every method takes what its rule of RFC 5092 section 11 takes and leaves {@code at} behind it.
 *
 * <pre>
 * imapurl      = "imap://" iserver ["/" [icommand]]      iabsolute-path = "/" [icommand]
 * icommand     = imailbox-ref ["?" enc-search] / imailbox-ref iuid [isection] [ipartial] [iurlauth]
 * imailbox-ref = enc-mailbox [";UIDVALIDITY=" nz-number]
 * iuid = "/;UID=" nz-number    isection = "/;SECTION=" enc-section    ipartial = "/;PARTIAL=" number ["." nz-number]
 * iurlauth = [";EXPIRE=" date-time] ";URLAUTH=" access [":" mechanism ":" 32*HEXDIG]
 * </pre>
 */
final class ImapUrlReader {
    private static final String SCHEME = "imap://";
    private static final long MAX_NUMBER = 0xFFFF_FFFFL;
    // RFC 3339 section 5.6. The instant is checked where the URL is authorised: only the shape matters here.
    private static final Pattern DATE_TIME = Pattern.compile(
        "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final Pattern MECHANISM = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Fa-f]{32,1024}");
    // RFC 3986 section 3.2.2 in what IMAP servers have: a registered name, an IPv4 address or a bracketed IPv6 address.
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~-]{1,255}|\\[[0-9A-Fa-f:.]{2,64}\\]");

    private final String url;
    private int at;

    ImapUrlReader(String url) {
        this.url = url;
    }

    ImapUrl read() {
        Optional<Authority> authority = Optional.empty();
        if (startsWith(SCHEME)) {
            at = SCHEME.length();
            authority = Optional.of(authority());
        } else if (!startsWith("/") || startsWith("//")) {
            throw new BadUrlException("neither imap:// nor an absolute path");
        }
        if (!take("/") || done()) {
            expectEnd();
            return new ImapUrl(url, authority, Optional.empty(), Optional.empty(), Optional.empty());
        }
        MailboxReference mailbox = mailbox();
        Optional<MessagePart> part = mailbox.search().isPresent() ? Optional.empty() : part();
        Optional<Authorization> authorization = part.isPresent() ? authorization() : Optional.empty();
        expectEnd();
        return new ImapUrl(url, authority, Optional.of(mailbox), part, authorization);
    }

    private Authority authority() {
        String text = until("/");
        int userEnd = text.lastIndexOf('@');
        Optional<String> user = Optional.empty();
        Optional<String> mechanism = Optional.empty();
        if (userEnd >= 0) {
            String userInfo = text.substring(0, userEnd);
            int auth = indexOfIgnoringCase(userInfo, ";AUTH=");
            String name = auth < 0 ? userInfo : userInfo.substring(0, auth);
            user = name.isEmpty() && auth >= 0 ? Optional.empty() : Optional.of(PercentDecoder.achars(name));
            mechanism = auth < 0 ? Optional.empty() : Optional.of(PercentDecoder.achars(userInfo.substring(auth + ";AUTH=".length())));
        }
        String server = text.substring(userEnd + 1);
        int portStart = server.lastIndexOf(':') > server.lastIndexOf(']') ? server.lastIndexOf(':') : server.length();
        String host = server.substring(0, portStart);
        if (!HOST.matcher(host).matches()) {
            throw new BadUrlException("no host");
        }
        // RFC 3986 section 3.2.3: a port may be empty and then is the default one.
        String port = server.substring(Math.min(portStart + 1, server.length()));
        return new Authority(user, mechanism, host, port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(port(port)));
    }

    private static int port(String digits) {
        long port = number(digits, 1);
        if (port > 65535) {
            throw new BadUrlException("no port");
        }
        return (int) port;
    }

    private MailboxReference mailbox() {
        String name = until(";?");
        // Everything up to the first parameter is the mailbox, but the slash of "/;UID=" belongs to the parameter.
        if (name.endsWith("/") && startsWith(";UID=")) {
            name = name.substring(0, name.length() - 1);
            at--;
        }
        if (name.startsWith("/")) {
            // iabsolute-path: "icommand, if present, MUST NOT start with '/'".
            throw new BadUrlException("a mailbox that starts with a slash");
        }
        String decoded = PercentDecoder.bchars(name);
        OptionalLong uidValidity = take(";UIDVALIDITY=") ? OptionalLong.of(number(digits(), 1)) : OptionalLong.empty();
        Optional<String> search = take("?") ? Optional.of(PercentDecoder.bchars(until(""))) : Optional.empty();
        return new MailboxReference(decoded, uidValidity, search);
    }

    private Optional<MessagePart> part() {
        if (!takeParameter(";UID=")) {
            return Optional.empty();
        }
        long uid = number(digits(), 1);
        Optional<Section> section = Optional.empty();
        if (takeParameter(";SECTION=")) {
            String encoded = until(";");
            if (encoded.endsWith("/") && startsWith(";PARTIAL=")) {
                encoded = encoded.substring(0, encoded.length() - 1);
                at--;
            }
            section = Optional.of(Section.parse(PercentDecoder.bchars(encoded)));
        }
        Optional<PartialRange> partial = takeParameter(";PARTIAL=") ? Optional.of(partial()) : Optional.empty();
        return Optional.of(new MessagePart(uid, section, partial));
    }

    private PartialRange partial() {
        long offset = number(digits(), 0);
        return new PartialRange(offset, take(".") ? OptionalLong.of(number(digits(), 1)) : OptionalLong.empty());
    }

    private Optional<Authorization> authorization() {
        Optional<String> expire = take(";EXPIRE=") ? Optional.of(dateTime(until(";"))) : Optional.empty();
        if (!take(";URLAUTH=")) {
            if (expire.isPresent()) {
                throw new BadUrlException("EXPIRE without URLAUTH");
            }
            return Optional.empty();
        }
        String access = access(until(":"));
        String rump = url.substring(0, at);
        if (!take(":")) {
            return Optional.of(new Authorization(rump, expire, access, Optional.empty()));
        }
        String mechanism = matching(MECHANISM, until(":"));
        if (!take(":")) {
            throw new BadUrlException("a mechanism without a token");
        }
        String token = matching(TOKEN, until(""));
        return Optional.of(new Authorization(rump, expire, access, Optional.of(new Authorization.Verifier(mechanism, token))));
    }

    private static String access(String encoded) {
        int plus = encoded.indexOf('+');
        if (plus >= 0) {
            // RFC 5593 section 2: an application name is registered like "submit"; the user behind it is checked where the URL is used.
            return matching(MECHANISM, encoded.substring(0, plus)) + "+" + PercentDecoder.achars(encoded.substring(plus + 1));
        }
        return matching(MECHANISM, encoded);
    }

    private static String dateTime(String text) {
        return matching(DATE_TIME, text);
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new BadUrlException("a malformed URLAUTH");
        }
        return text;
    }

    /** Takes a parameter with the slash RFC 5092 wants before it, or without, as RFC 4469 Appendix A still shows it. */
    private boolean takeParameter(String name) {
        return take("/" + name) || take(name);
    }

    private String digits() {
        int start = at;
        while (!done() && url.charAt(at) >= '0' && url.charAt(at) <= '9') {
            at++;
        }
        return url.substring(start, at);
    }

    private static long number(String digits, long least) {
        // RFC 3501 section 9: number and nz-number are unsigned 32-bit and nz-number has no leading zero.
        if (digits.isEmpty() || digits.length() > 10 || least > 0 && digits.startsWith("0")
            || digits.chars().anyMatch(c -> c < '0' || c > '9')) {
            throw new BadUrlException("not a number");
        }
        long value = Long.parseLong(digits);
        if (value < least || value > MAX_NUMBER) {
            throw new BadUrlException("a number out of range");
        }
        return value;
    }

    private String until(String stops) {
        int start = at;
        while (!done() && stops.indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return url.substring(start, at);
    }

    private boolean startsWith(String expected) {
        // RFC 5092 section 11: "Strings are not case sensitive".
        return url.regionMatches(true, at, expected, 0, expected.length());
    }

    private boolean take(String expected) {
        if (startsWith(expected)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    private static int indexOfIgnoringCase(String text, String searched) {
        for (int i = 0; i + searched.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, searched, 0, searched.length())) {
                return i;
            }
        }
        return -1;
    }

    private boolean done() {
        return at >= url.length();
    }

    private void expectEnd() {
        if (!done()) {
            throw new BadUrlException("characters behind the end");
        }
    }
}
