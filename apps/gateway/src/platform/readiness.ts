/**
 * What must hold before this process can do its work. A room adds its part when it starts; until every
 * part holds, `/readyz` answers 503 and whoever starts or balances us waits.
 */
export class Readiness {
  private readonly parts: (() => boolean)[] = [];

  add(holds: () => boolean): void {
    this.parts.push(holds);
  }

  isReady(): boolean {
    return this.parts.every((holds) => holds());
  }
}
