// Holds a few connections to one server: a call takes one that is free, opens another while there may be more, or waits.
// A connection is used again only after a read that ended well, so that nothing a call set or left open reaches the next.
import type { ServerSession } from './server-driver.ts';

/** How long a free connection is kept. */
const idleMs = 30_000;

/** The connections of one tool. */
export class SessionPool {
  readonly #open: () => Promise<ServerSession>;
  readonly #most: number;
  readonly #free: { readonly session: ServerSession; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #closed = false;

  constructor(open: () => Promise<ServerSession>, most: number) {
    this.#open = open;
    this.#most = most;
  }

  /** A session and whether it served another call before; null when `gone` says that nobody waits any more. */
  async take(gone: () => boolean): Promise<{ readonly session: ServerSession; readonly used: boolean } | null> {
    while (this.#taken >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (gone()) {
      this.#wakeNext();
      return null;
    }
    this.#taken++;
    for (let free = this.#free.pop(); free; free = this.#free.pop()) {
      clearTimeout(free.timer);
      if (free.session.alive) return { session: free.session, used: true };
      free.session.destroy();
    }
    try {
      const session = await this.#open();
      if (!gone()) return { session, used: false };
      this.give(session, true);
      return null;
    } catch (error) {
      this.#taken--;
      this.#wakeNext();
      throw error;
    }
  }

  /** Gives a session back; one that is not clean is closed. */
  give(session: ServerSession, clean: boolean): void {
    this.#taken--;
    if (clean && session.alive && !this.#closed) {
      const timer = setTimeout(() => {
        const index = this.#free.findIndex((free) => free.session === session);
        if (index >= 0) this.#free.splice(index, 1);
        void session.close().catch(() => session.destroy());
      }, idleMs);
      timer.unref();
      this.#free.push({ session, timer });
    } else void session.close().catch(() => session.destroy());
    this.#wakeNext();
  }

  /** Closes the free sessions; those in use are closed when they are given back. */
  async close(): Promise<void> {
    this.#closed = true;
    const free = this.#free.splice(0);
    for (const { timer } of free) clearTimeout(timer);
    await Promise.all(free.map(({ session }) => session.close().catch(() => session.destroy())));
  }

  #wakeNext(): void {
    this.#waiting.shift()?.();
  }
}
