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
package io.jamesext.ximss;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;

import io.jamesext.kernel.server.ServerSettings;

/**
 * The settings of one configured XIMSS server.
 *
 * @param server those of every server
 * @param overHttp key transport: true for HTTP and WebSocket, false for TCP
 * @param maxRequestBytes key maxRequestBytes: the longest request
 * @param zone key timeZone: of the local times of users who prefer none
 * @param signup key signup: whether anybody may make an account
 */
public record XimssSettings(ServerSettings server, boolean overHttp, int maxRequestBytes, ZoneId zone, boolean signup) {
    /** The key of {@link #overHttp}: {@code tcp} or {@code http}. */
    static final String TRANSPORT = "transport";
    /** The key of {@link #maxRequestBytes}. */
    static final String MAX_REQUEST_BYTES = "maxRequestBytes";
    /** The key of {@link #zone}. */
    static final String TIME_ZONE = "timeZone";
    /** The key of {@link #signup}. */
    static final String SIGNUP = "signup";
    /** "At least once in 10 minutes": XIMSS, "Protocol and Message Syntax". */
    private static final int DEFAULT_IDLE_SECONDS = 600;
    private static final int DEFAULT_MAX_REQUEST_BYTES = 4 * 1024 * 1024;

    /** How long a client may be silent; zero is for ever. */
    Duration idleTimeout() {
        return Duration.ofSeconds(server.configuration().getInt("connectiontimeout", DEFAULT_IDLE_SECONDS));
    }

    static XimssSettings of(ServerSettings server) {
        boolean overHttp = server.configuration().getString(TRANSPORT, "tcp").trim().equals("http");
        if (overHttp && server.configuration().getBoolean("tls[@startTLS]", false)) {
            throw new IllegalArgumentException("ximssserver.xml: <tls startTLS=\"true\"> is not for HTTP; "
                + "expected socketTLS=\"true\" or none");
        }
        String zone = server.configuration().getString(TIME_ZONE, ZoneId.systemDefault().getId());
        try {
            return new XimssSettings(server, overHttp, server.configuration().getInt(MAX_REQUEST_BYTES, DEFAULT_MAX_REQUEST_BYTES),
                ZoneId.of(zone), server.configuration().getBoolean(SIGNUP, false));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("ximssserver.xml: key `timeZone` is `" + zone + "`; expected a name as Europe/Paris", e);
        }
    }
}
