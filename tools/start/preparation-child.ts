import { migrate } from '../databases/index.js';
import { Failure } from '../failure.js';
import type { Report, Task } from './preparation.js';
import { bankSeed, gatewaySeed } from './seeds.js';

/** Carries out one task that the supervisor sends, reports, and ends. */
function report(message: Report): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

async function carryOut(task: Task): Promise<void> {
  if (task.kind === 'migrate') {
    await migrate(task.side, task.ownerUrl);
    return;
  }
  const onProgress = (done: number, total: number, what: { ja: string; en: string }): void => {
    void report({ type: 'progress', done, total, what });
  };
  if (task.kind === 'seed_bank') {
    const seed = await bankSeed();
    await seed?.(task.ownerUrl, {
      onProgress,
      onPeople: (people) => report({ type: 'people', people }),
      onStaff: (officers) => report({ type: 'staff', officers }),
      keyEncryptionKey: Buffer.from(task.keyHex, 'hex'),
      size: task.size,
    });
    return;
  }
  const seed = await gatewaySeed();
  await seed?.(task.ownerUrl, { onProgress, clients: task.clients });
}

async function answer(task: Task): Promise<void> {
  try {
    await carryOut(task);
    await report({ type: 'finished' });
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const words = error instanceof Failure ? { words: error.words } : {};
    await report({ type: 'failed', stack, ...words });
  }
  process.exit(0);
}

// A supervisor that was killed is not missed by a half-done seed: the next start begins it anew.
process.once('disconnect', () => process.exit(1));
process.once('message', (message) => void answer(message as Task));
