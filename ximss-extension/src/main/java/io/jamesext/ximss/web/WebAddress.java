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
package io.jamesext.ximss.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A URL that may be asked: http or https, without user information, at a port that the operator allows.
 *
 * @param uri absolute, in ASCII
 * @param rules the operator's
 */
public record WebAddress(URI uri, WebRules rules) {
    /** As long as servers commonly take. */
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Checks all of that. */
    public WebAddress {
        if (!scheme(uri).equals("http") && !scheme(uri).equals("https")) {
            throw new ProtocolException(Failure.SYNTAX, "the URL must begin with http:// or https://");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new ProtocolException(Failure.SYNTAX, "the URL must have a host and no user");
        }
        if (!rules.ports().contains(port(uri))) {
            throw new ProtocolException(Failure.NO_PERMISSION, "the port of the URL is not allowed");
        }
    }

    /**
     * Reads a URL; the fragment is dropped.
     *
     * @throws ProtocolException when it is none, or none that may be asked
     */
    public static WebAddress of(String url, WebRules rules) {
        return new WebAddress(read(url), rules);
    }

    /** Where a redirect leads, to which the same rules apply. */
    WebAddress redirect(String location) {
        return new WebAddress(uri.resolve(read(location)), rules);
    }

    /** The name or address, which nobody has looked up yet. */
    String host() {
        return uri.getHost().replaceAll("[\\[\\]]", "");
    }

    int port() {
        return port(uri);
    }

    boolean isSecure() {
        return scheme(uri).equals("https");
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return scheme(uri).equals("https") ? HTTPS : HTTP;
    }

    private static URI read(String url) {
        if (url.length() > MAX_LENGTH) {
            throw new ProtocolException(Failure.TOO_BIG, "a URL has at most " + MAX_LENGTH + " characters");
        }
        try {
            URI whole = new URI(url.strip());
            int fragment = url.indexOf('#');
            return new URI((fragment < 0 ? whole : new URI(url.substring(0, fragment).strip())).toASCIIString());
        } catch (URISyntaxException e) {
            throw new ProtocolException(Failure.SYNTAX, "this is no URL");
        }
    }

    private static String scheme(URI uri) {
        return Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    }
}
