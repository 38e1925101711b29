/**
 * What must hold before this process can do its work. A room adds its part when it starts; until every
 * part holds, `/readyz` answers 503 and whoever starts or balances us waits.
 */
export class Readiness {
  private readonly parts = new Map<string, () => boolean>();

  /** `name` tells whoever operates us which part is missing. */
  add(name: string, holds: () => boolean): void {
    this.parts.set(name, holds);
  }

  isReady(): boolean {
    return [...this.parts.values()].every((holds) => holds());
  }

  /** Part by part. */
  report(): Readonly<Record<string, boolean>> {
    return Object.fromEntries([...this.parts].map(([name, holds]) => [name, holds()]));
  }
}
