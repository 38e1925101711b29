/** A process that was asked to end has ended after this long, whatever still holds it (R18). */
const END_MS_MAX = 10_000;

/**
 * What a server process owes its supervisor: it says when it is ready, drains on SIGTERM, and never outlives it.
 * `stop` lets requests under way finish; `extraMs` is what it waits for a balancer before.
 */
export function liveUnderSupervisor(stop: () => Promise<void>, extraMs = 0): void {
  let stopping = false;
  const end = (code: number) => {
    if (stopping) return;
    stopping = true;
    const late = setTimeout(() => process.exit(1), END_MS_MAX + extraMs);
    late.unref();
    stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => end(0));
  process.on('SIGINT', () => end(0));
  // A supervisor that was killed cannot ask; its closed channel does.
  process.on('disconnect', () => end(0));
}

/** What a supervisor is told beside that we listen. */
export interface ReadyFacts {
  /** Port of the private listener for operators, where it listens. */
  readonly operationsPort?: number | undefined;
}

export function sayReady(facts: ReadyFacts = {}): void {
  process.send?.({ type: 'ready', ...facts });
}

/** A wrong setting ends the process with its sentence, not with a stack. */
export function failAtStart(error: unknown): never {
  const sentence =
    error instanceof Error && error.name === 'SettingError' ? error.message : undefined;
  process.stderr.write(
    `renkei: ${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`,
  );
  process.exit(1);
}
