package io.github.pkceauth.benchmarks.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What is done to a server, fresh each time, and what is measured of it. */
enum Workload {
    /** Pages, by one user who is signed in. */
    SIGNED_IN {
        @Override
        void measure(Site site, String column, Size size, Figures figures) throws IOException, InterruptedException {
            pages(site, column, 1, size, figures, "signed in, 1 session");
        }
    },
    /** Pages, by users in turn. */
    SESSIONS {
        @Override
        void measure(Site site, String column, Size size, Figures figures) throws IOException, InterruptedException {
            pages(site, column, size.sessions(), size, figures, "signed in, " + size.sessions() + " sessions");
        }
    },
    /** Pages, by visitors without a session, on to the provider: one answer, or two. */
    REDIRECT {
        @Override
        void measure(Site site, String column, Size size, Figures figures) throws InterruptedException {
            first(site);
            Load.Task redirect = (number, wire) -> site.visitor().toProvider(wire, ContestantMain.PAGE);
            metered(site, column, size.requests() / 2, redirect, figures, "redirect to the provider");
        }
    },
    /** Logins, from a page to that page. */
    LOGIN {
        @Override
        void measure(Site site, String column, Size size, Figures figures) throws InterruptedException {
            first(site);
            Load.Task login = (number, wire) -> site.visitor().login(wire);
            metered(site, column, size.logins(), login, figures, "whole login");
        }
    },
    /** Visitors who leave a session behind. */
    HEAP {
        @Override
        void measure(Site site, String column, Size size, Figures figures) throws InterruptedException {
            first(site);
            Load.Task visit = (number, wire) -> wire.get(ContestantMain.PAGE, "");
            Load.run(CONNECTIONS, site.port(), size.flood() / 10, visit);
            long before = Long.parseLong(site.server().ask("heap"));
            Load.run(CONNECTIONS, site.port(), size.flood(), visit);
            double kept = Long.parseLong(site.server().ask("heap")) - before;
            figures.add("heap kept by a request without cookies [B]", column, kept / size.flood());
        }
    },
    /** From the start of the process to the first redirect. */
    COLD {
        @Override
        void measure(Site site, String column, Size size, Figures figures) throws IOException {
            try (Wire wire = new Wire(site.port())) {
                site.visitor().toProvider(wire, ContestantMain.PAGE);
            }
            double millis = (System.nanoTime() - site.server().startedAt()) / 1e6;
            figures.add("start to the first redirect [ms]", column, millis);
        }
    },
    /** A hundred visitors at once, before whom there was none. */
    HUNDRED {
        @Override
        void measure(Site site, String column, Size size, Figures figures) throws InterruptedException {
            AtomicInteger served = new AtomicInteger();
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> visitors = new ArrayList<>();
            for (int i = 0; i < VISITORS; i++) {
                Thread visitor = new Thread(() -> {
                    try (Wire wire = new Wire(site.port())) {
                        start.await();
                        site.visitor().toProvider(wire, ContestantMain.PAGE);
                        served.incrementAndGet();
                    } catch (IOException e) {
                        // Not served.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                visitor.start();
                visitors.add(visitor);
            }
            start.countDown();
            for (Thread visitor : visitors) {
                visitor.join();
            }
            figures.add("of the first 100 at once, served", column, served.get());
            figures.add("metadata fetched, start included", column, site.calls(0));
        }
    };

    private static final int CONNECTIONS = 4;
    private static final int VISITORS = 100;

    /** The JVM still compiles after ten thousand logins, and what that costs is no login's. */
    private static final int WARM_UP = 4;

    abstract void measure(Site site, String column, Size size, Figures figures)
            throws IOException, InterruptedException;

    /** One visitor alone, since not every contestant bears several as its first; {@link #HUNDRED} is about that. */
    private static void first(Site site) throws InterruptedException {
        Load.run(1, site.port(), 1, (number, wire) -> site.visitor().login(wire));
    }

    private static void pages(Site site, String column, int users, Size size, Figures figures, String what)
            throws InterruptedException {
        first(site);
        Visitor[] visitors = new Visitor[users];
        Load.run(CONNECTIONS, site.port(), users, (number, wire) -> {
            visitors[number] = site.visitor();
            visitors[number].login(wire);
        });
        Load.Task page = (number, wire) -> {
            int status = wire.get(ContestantMain.PAGE, visitors[number % users].cookies())
                    .status();
            if (status != 200) {
                throw new IOException("a page was answered with " + status);
            }
        };
        metered(site, column, size.requests(), page, figures, what);
    }

    private static void metered(Site site, String column, int times, Load.Task task, Figures figures, String what)
            throws InterruptedException {
        Load.run(CONNECTIONS, site.port(), WARM_UP * times, task);
        Usage before = Usage.of(site.server());
        Load.run(CONNECTIONS, site.port(), times, task);
        Usage used = Usage.of(site.server()).since(before);
        figures.add(what + ", server CPU [µs]", column, used.cpuNanos() / 1e3 / times);
        figures.add(what + ", allocated [B]", column, (double) used.allocatedBytes() / times);
    }
}
