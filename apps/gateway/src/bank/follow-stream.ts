import { setTimeout as sleep } from 'node:timers/promises';
import type { BankCoreTransport } from '#libs/bank-core-client';

interface Follow {
  readonly transport: BankCoreTransport;
  /** Without a line for this long the connection is dead, whatever TCP thinks of it. */
  readonly silenceMs: number;
  /** Asked anew for each connection, so that a cursor can move on. */
  readonly path: () => string;
  readonly stopped: AbortSignal;
  /** False breaks the connection: what arrived cannot be trusted. */
  readonly onMessage: (message: unknown) => boolean;
  readonly onBreak: () => void;
}

const RETRY_MS = 200;

/** Keeps one of bank-core's streams open until `stopped`; reconnects after every break. */
export async function followStream(follow: Follow): Promise<void> {
  while (!follow.stopped.aborted) {
    await readUntilItBreaks(follow).catch(() => undefined);
    if (follow.stopped.aborted) return;
    follow.onBreak();
    await sleep(RETRY_MS, undefined, { signal: follow.stopped }).catch(() => undefined);
  }
}

async function readUntilItBreaks(follow: Follow): Promise<void> {
  const { transport, path, stopped, onMessage, silenceMs } = follow;
  const broken = new AbortController();
  let heard = 0;
  // After a stall of this process its timers fire before it has read what waits in the socket: read first.
  const silence = setTimeout(() => {
    const before = heard;
    setImmediate(() => heard === before && broken.abort());
  }, silenceMs);
  try {
    const signal = AbortSignal.any([stopped, broken.signal]);
    await transport.stream(
      path(),
      (message) => {
        heard += 1;
        silence.refresh();
        if (!onMessage(message)) broken.abort();
      },
      signal,
    );
  } finally {
    clearTimeout(silence);
  }
}
