/** What a server process owes its supervisor: it says when it is ready, drains on SIGTERM, and never outlives it. */
export function liveUnderSupervisor(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (code: number) => {
    if (stopping) return;
    stopping = true;
    const late = setTimeout(() => process.exit(1), 10_000);
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

export function sayReady(): void {
  process.send?.({ type: 'ready' });
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
