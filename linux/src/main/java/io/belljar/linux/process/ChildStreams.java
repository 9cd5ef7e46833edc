package io.belljar.linux.process;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * This program's ends of a child's standard streams. When the child has ended, what it wrote is
 * taken out of the pipes, and their descriptors are given back, whether or not anybody reads.
 */
record ChildStreams(OutputStream input, InputStream output, InputStream error) {
  /** Forgets the pipes; what can be read by then can still be read. */
  void ended() {
    if (input instanceof Input pipe) {
      pipe.ended();
    }
    for (InputStream stream : new InputStream[] {output, error}) {
      if (stream instanceof Output pipe) {
        pipe.ended();
      }
    }
  }

  /** Both ends of the streams, until the child has its own. */
  static final class Ends implements AutoCloseable {
    private final ProcessCalls.Two[] pipes;

    private Ends(ProcessCalls.Two[] pipes) {
      this.pipes = pipes;
    }

    static Ends open(Child.Streams streams) {
      if (streams == Child.Streams.INHERITED) {
        return new Ends(new ProcessCalls.Two[0]);
      }
      Ends ends = new Ends(new ProcessCalls.Two[3]);
      boolean opened = false;
      try {
        for (int i = 0; i < ends.pipes.length; i++) {
          ends.pipes[i] = ProcessCalls.pipe();
        }
        opened = true;
        return ends;
      } finally {
        if (!opened) {
          ends.close();
        }
      }
    }

    void give(SpawnActions actions) {
      for (int i = 0; i < pipes.length; i++) {
        actions.give(i == 0 ? pipes[i].first() : pipes[i].second(), i);
      }
    }

    /** This program's ends, as streams with descriptors of their own. */
    ChildStreams own() {
      if (pipes.length == 0) {
        return new ChildStreams(
            closed(), InputStream.nullInputStream(), InputStream.nullInputStream());
      }
      Input input = null;
      Output output = null;
      try {
        input = new Input(new FileOutputStream(path(pipes[0].second())));
        output = new Output(new FileInputStream(path(pipes[1].first())));
        return new ChildStreams(
            input, output, new Output(new FileInputStream(path(pipes[2].first()))));
      } catch (IOException e) {
        if (input != null) {
          input.ended();
        }
        if (output != null) {
          output.ended();
        }
        throw new UncheckedIOException("a pipe to a child can't be opened", e);
      }
    }

    /** The JDK makes a stream of a path, but not of a number; opened so, it is close-on-exec. */
    private static String path(int descriptor) {
      return "/proc/self/fd/" + descriptor;
    }

    @Override
    public void close() {
      for (ProcessCalls.Two pipe : pipes) {
        if (pipe != null) {
          ProcessCalls.close(pipe.first());
          ProcessCalls.close(pipe.second());
        }
      }
    }
  }

  /** To where nobody reads. */
  private static OutputStream closed() {
    try {
      OutputStream closed = OutputStream.nullOutputStream();
      closed.close();
      return closed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Input extends BufferedOutputStream {
    Input(OutputStream pipe) {
      super(pipe);
    }

    synchronized void ended() {
      try {
        out.close();
      } catch (IOException _) {
        // Nobody would read what is left.
      }
      out = closed();
    }
  }

  private static final class Output extends BufferedInputStream {
    Output(InputStream pipe) {
      super(pipe);
    }

    /** Waits for who reads at this moment: he may get the last that the child wrote. */
    synchronized void ended() {
      InputStream open = in;
      if (open == null) {
        return; // closed
      }
      try (InputStream pipe = open) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (int there = pipe.available(); there > 0; there = pipe.available()) {
          rest.writeBytes(pipe.readNBytes(there));
        }
        in = new ByteArrayInputStream(rest.toByteArray());
      } catch (IOException _) {
        // It was closed meanwhile.
      }
    }
  }
}
