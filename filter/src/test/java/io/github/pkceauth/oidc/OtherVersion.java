package io.github.pkceauth.oidc;

import io.github.pkceauth.api.PkceUser;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Another version of {@link Login}, compiled by the test, writes a login as it would. */
final class OtherVersion {
    private OtherVersion() {}

    /** The login's user and tokens in that version's form, by its static method {@code like}. */
    static byte[] of(Path folder, String source, Login login) throws Exception {
        Path file = Files.writeString(folder.resolve("Login.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("java.class.path");
        int status = compiler.run(
                null, null, null, "-d", folder.toString(), "-cp", classPath, "-proc:none", file.toString());
        if (status != 0) {
            throw new AssertionError("the other version does not compile");
        }
        try (OwnLogin loader = new OwnLogin(folder.toUri().toURL())) {
            Object other = loader.loadClass(Login.class.getName())
                    .getMethod("like", PkceUser.class, IssuedTokens.class)
                    .invoke(null, login.user(), login.tokens());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(other);
            }
            return bytes.toByteArray();
        }
    }

    /** Loads its own Login, and everything else as the tests do. */
    private static final class OwnLogin extends URLClassLoader {
        OwnLogin(URL folder) {
            super(new URL[] {folder}, OtherVersion.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.equals(Login.class.getName()) || name.startsWith(Login.class.getName() + "$")) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
                return super.loadClass(name, resolve);
            }
        }
    }
}
