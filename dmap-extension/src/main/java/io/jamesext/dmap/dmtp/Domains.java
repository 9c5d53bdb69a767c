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

import java.util.Locale;
import java.util.regex.Pattern;

import com.google.common.net.InternetDomainName;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Domains as DMTP writes them. */
public final class Domains {
    /** RFC 1035 section 2.3.1 and RFC 1123 section 2.1: labels of letters, digits and hyphens; RFC 5890 A-labels are such ones. */
    private static final Pattern DOMAIN = Pattern.compile(
        "(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private Domains() {
    }

    /** The domain in lower case. SYNTAX if it is none. */
    public static String parse(String text) {
        if (!DOMAIN.matcher(text).matches()) {
            throw new ProtocolException(Failure.SYNTAX, "expected a domain");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** The domain of an address, or the text itself where it is one. SYNTAX if it is neither. */
    public static String of(String address) {
        return parse(address.substring(address.lastIndexOf('@') + 1));
    }

    /**
     * Whether a host is the domain or below it, and so of the same hands. Below what a registry gives away, such as {@code co.uk}, anybody
     * may have a host.
     *
     * @param host in lower case, as the domain is
     */
    public static boolean isAtOrBelow(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain) && !isPublicSuffix(domain);
    }

    /** The part of a domain that somebody has registered, such as {@code example.co.uk}: who has it has all that is below it. */
    public static String registered(String domain) {
        return InternetDomainName.isValid(domain) && InternetDomainName.from(domain).isUnderPublicSuffix()
            ? InternetDomainName.from(domain).topPrivateDomain().toString()
            : domain;
    }

    private static boolean isPublicSuffix(String domain) {
        return InternetDomainName.isValid(domain) && InternetDomainName.from(domain).isPublicSuffix();
    }
}
