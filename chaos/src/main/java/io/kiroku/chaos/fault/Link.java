package io.kiroku.chaos.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A TCP proxy between one part and one of its dependencies, which can be cut: needs no privileges
/// and no tools of any system. Open until it is closed; thread-safe.
public final class Link implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int REBIND_ATTEMPTS = 200;
  private static final long PAUSE_NANOS = 50_000_000;

  private final String name;
  private final int port;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket listener;
  private volatile boolean silent;

  /// Listens on `port` and passes everything on to `target`, both of the loopback interface.
  ///
  /// @param name for people, such as `command-service → postgres`
  public Link(String name, int port, int target) throws IOException {
    this.name = name;
    this.port = port;
    this.target = target;
    listen();
  }

  public String name() {
    return name;
  }

  public int port() {
    return port;
  }

  /// Resets what is connected and refuses every new connection.
  public synchronized void refuse() {
    closeListener();
    sockets.forEach(Link::reset);
    sockets.clear();
  }

  /// Passes nothing on any more, as a network that loses every packet: connections stay open.
  public void silence() {
    silent = true;
  }

  /// As if nothing had been; bytes that waited go on.
  public synchronized void heal() {
    silent = false;
    for (int attempt = 1; listener == null; attempt++) {
      try {
        listen();
      } catch (IOException taken) {
        if (attempt == REBIND_ATTEMPTS) {
          throw new IllegalStateException(name + ": port " + port + " was taken meanwhile", taken);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public synchronized void close() {
    silent = false;
    refuse();
  }

  private synchronized void listen() throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    try {
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException taken) {
      opened.close();
      throw taken;
    }
    listener = opened;
    Thread.ofVirtual().name(name).start(() -> accept(opened));
  }

  private void accept(ServerSocket from) {
    try {
      while (true) {
        Socket client = from.accept();
        sockets.add(client);
        Thread.ofVirtual().name(name).start(() -> serve(from, client));
      }
    } catch (IOException closed) {
      // Refusing, until somebody heals.
    }
  }

  private void serve(ServerSocket from, Socket client) {
    Socket server = new Socket();
    try {
      awaitSound();
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      sockets.add(server);
      if (from.isClosed()) { // cut between accept and here: nobody else would reset the two
        reset(client);
        reset(server);
        return;
      }
      Thread answers = Thread.ofVirtual().name(name).start(() -> pass(server, client));
      pass(client, server);
      answers.join();
    } catch (IOException away) {
      reset(client);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(client);
      sockets.remove(server);
      reset(client);
      reset(server);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitSound();
        out.write(buffer, 0, read);
      }
      awaitSound();
      to.shutdownOutput();
    } catch (IOException broken) {
      reset(from);
      reset(to);
    }
  }

  private void awaitSound() {
    while (silent) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void closeListener() {
    ServerSocket open = listener;
    listener = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException closedAnyway) {
        // Nobody listens any more, which is what was wanted.
      }
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closedAlready) {
      return;
    }
    try {
      socket.close();
    } catch (IOException closedAnyway) {
      // It is closed, which is what was wanted.
    }
  }
}
