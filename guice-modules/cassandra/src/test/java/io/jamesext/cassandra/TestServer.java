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

package io.jamesext.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.jamesext.stores.FreePorts;

/**
 * The working directory of a James for tests, with the ports of its listeners.
 *
 * @param keyspace where its data is: two servers with the same one are one server started twice
 */
public record TestServer(Path folder, String keyspace, int imap, int smtp, int lmtp, int webAdmin) {
    private static final List<String> FILES = List.of("cassandra.properties", "deletedMessageVault.properties", "dnsservice.xml",
        "domainlist.xml", "imapserver.xml", "jmx.properties", "listeners.xml", "lmtpserver.xml", "logback.xml", "mailetcontainer.xml",
        "managesieveserver.xml", "pop3server.xml", "recipientrewritetable.xml", "search.properties", "smtpserver.xml",
        "usersrepository.xml", "webadmin.properties");

    /** Fills the directory. */
    public static TestServer layOut(Path folder, String keyspace) throws IOException {
        List<Integer> ports = FreePorts.take(4);
        TestServer server = new TestServer(folder, keyspace, ports.get(0), ports.get(1), ports.get(2), ports.get(3));
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("var"));
        for (String file : FILES) {
            Files.writeString(folder.resolve("conf").resolve(file), server.filled(file));
        }
        return server;
    }

    private String filled(String file) throws IOException {
        try (InputStream in = TestServer.class.getResourceAsStream("conf/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .replace("${cassandra}", TestKeyspace.host().getHostName() + ":" + TestKeyspace.host().getPort())
                .replace("${keyspace}", keyspace)
                .replace("${imap}", "127.0.0.1:" + imap)
                .replace("${smtp}", "127.0.0.1:" + smtp)
                .replace("${lmtp}", "127.0.0.1:" + lmtp)
                .replace("${webadmin}", String.valueOf(webAdmin))
                // So that several servers find room in one process.
                .replaceAll("(<jmxName>[^<]+)<", "$1-" + webAdmin + "<");
        }
    }
}
