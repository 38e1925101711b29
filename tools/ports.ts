import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/** True when nobody listens on this loopback port at this moment. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: HOST, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * Below what systems give to outgoing connections, so that none of those takes a port between its choice and its
 * use; each process begins in a block of its own, so that processes side by side do not choose the same.
 */
const [FIRST, SPAN, BLOCK] = [15_000, 16_000, 64];
let next = (process.pid * BLOCK) % SPAN;

/** `count` different ports that are free now. Somebody may still take one before us, hence callers retry. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let look = 0; look < SPAN && ports.length < count; look += 1) {
    const port = FIRST + next;
    next = (next + 1) % SPAN;
    if (await isPortFree(port)) ports.push(port);
  }
  return ports;
}
