package io.github.pkceauth.interop.proxy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The reverse proxies of the tests. Each calls what is behind it from an address of its own, as on a machine of its own. */
enum Proxy {
    NGINX("127.0.0.3") {
        @Override
        String configuration(Path folder, Snippet snippet) {
            return """
                    daemon off;
                    master_process off;
                    pid FOLDER/nginx.pid;
                    error_log FOLDER/error.log;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path FOLDER/body;
                        proxy_temp_path FOLDER/proxy;
                        fastcgi_temp_path FOLDER/fastcgi;
                        uwsgi_temp_path FOLDER/uwsgi;
                        scgi_temp_path FOLDER/scgi;
                        proxy_bind ADDRESS;
                    """.replace("FOLDER", folder.toString()).replace("ADDRESS", address()) + snippet.text() + "}\n";
        }

        @Override
        List<String> command(Path binary, Path folder, Path configuration) {
            return List.of(
                    binary.toString(),
                    "-p",
                    folder.toString(),
                    "-e",
                    folder.resolve("error.log").toString(),
                    "-c",
                    configuration.toString());
        }
    },
    HAPROXY("127.0.0.2") {
        @Override
        String configuration(Path folder, Snippet snippet) {
            return """
                    defaults
                        mode http
                        timeout connect 5s
                        timeout client 30s
                        timeout server 30s
                        source ADDRESS

                    """.replace("ADDRESS", address()) + snippet.text();
        }

        @Override
        List<String> command(Path binary, Path folder, Path configuration) {
            return List.of(binary.toString(), "-db", "-f", configuration.toString());
        }
    };

    private final String address;

    Proxy(String address) {
        this.address = address;
    }

    /** Where its calls come from; browsers come from 127.0.0.1. */
    String address() {
        return address;
    }

    /** The name in snippets, and of the program. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Skips the test on a machine without it. */
    Path assumeInstalled() {
        Path binary = Path.of("/usr/sbin", word());
        assumeTrue(Files.isExecutable(binary), () -> binary + " is not there; on Debian: apt-get install " + word());
        return binary;
    }

    /** A whole configuration around a snippet, with nothing outside the folder. */
    abstract String configuration(Path folder, Snippet snippet);

    abstract List<String> command(Path binary, Path folder, Path configuration);
}
