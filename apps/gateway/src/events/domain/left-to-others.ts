/** How long a process leaves an endpoint alone whose keys it cannot open. */
export const LEFT_MS = 60_000;

/**
 * Endpoints that this process cannot sign for at present and that another one perhaps can (docs/keys.md). After a while
 * it looks again: the keys of an endpoint change, and somebody has to find that nobody can sign.
 */
export class LeftToOthers {
  /** Until when, in monotonic milliseconds. */
  private readonly until = new Map<string, number>();

  /** Leaves the endpoint alone from now on. True where it was not left already. */
  leave(id: string, now: number): boolean {
    const isNew = (this.until.get(id) ?? -Infinity) <= now;
    this.until.set(id, now + LEFT_MS);
    return isNew;
  }

  /** Those that are left alone now. */
  ids(now: number): string[] {
    for (const [id, until] of this.until) if (until <= now) this.until.delete(id);
    return [...this.until.keys()];
  }
}
