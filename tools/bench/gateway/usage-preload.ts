import { writeFileSync } from 'node:fs';
import { Session, type Profiler } from 'node:inspector/promises';

/**
 * Loaded before a measured server: it tells its own processor time (getrusage) when asked, and can write
 * a profile of itself. It costs nothing while nobody asks.
 */
export type Question = { readonly tell: 'usage' } | { readonly profile: string };

export interface Usage {
  /** Microseconds of processor time of all threads of the process since its start. */
  readonly cpuUs: number;
}

let session: Session | undefined;

async function profile(file: string): Promise<void> {
  if (!session) {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    return;
  }
  const { profile } = (await session.post('Profiler.stop')) as { profile: Profiler.Profile };
  writeFileSync(file, JSON.stringify(profile));
  session.disconnect();
  session = undefined;
}

process.on('message', (question: Partial<Record<'tell' | 'profile', string>>) => {
  if (question.tell === 'usage') {
    const { user, system } = process.cpuUsage();
    process.send?.({ usage: { cpuUs: user + system } satisfies Usage });
  }
  if (question.profile) {
    void profile(question.profile).then(() => process.send?.({ isProfiled: true }));
  }
});
