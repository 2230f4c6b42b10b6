package io.github.pkceauth.interop.container;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a web application finds its classes by: its own before the container's (Jakarta Servlet 6.0 section 10.7.2). */
final class OwnFirstClassLoader extends URLClassLoader {

    private OwnFirstClassLoader(URL[] own, ClassLoader container) {
        super(own, container);
    }

    /** That of a web application that is unpacked there. */
    static OwnFirstClassLoader of(Path application) throws IOException {
        List<URL> own = new ArrayList<>();
        own.add(application.resolve("WEB-INF/classes/").toUri().toURL());
        try (Stream<Path> jars = Files.list(application.resolve("WEB-INF/lib"))) {
            for (Path jar : jars.toList()) {
                own.add(jar.toUri().toURL());
            }
        }
        return new OwnFirstClassLoader(own.toArray(URL[]::new), OwnFirstClassLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.") || name.startsWith("jakarta.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try {
                return findClass(name);
            } catch (ClassNotFoundException e) {
                return super.loadClass(name, resolve);
            }
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }
}
