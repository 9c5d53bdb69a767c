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
package io.jamesext.testing.transcript;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS to a server that we started ourselves: its certificate is made at its start, so there is nothing to check it against. */
public final class TrustingTls {
    private static final X509TrustManager TRUST_ALL = new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // We are the client.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // Self-signed by design.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    private TrustingTls() {
    }

    /** Shakes hands on this connection; closing the result closes the connection. */
    public static SSLSocket over(Socket socket) throws IOException {
        return over(socket, new KeyManager[0]);
    }

    /** The same, as a client with certificates. */
    public static SSLSocket over(Socket socket, KeyManager... keys) throws IOException {
        SSLSocket tls = unshaken(socket, keys);
        tls.startHandshake();
        return tls;
    }

    /** The same as a client that offers these names to choose from: ALPN, RFC 7301. */
    public static SSLSocket offering(Socket socket, String... names) throws IOException {
        SSLSocket tls = unshaken(socket);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(names);
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static SSLSocket unshaken(Socket socket, KeyManager... keys) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {TRUST_ALL}, new SecureRandom());
            return (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }
}
