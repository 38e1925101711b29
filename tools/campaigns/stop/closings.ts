/** What a stopped link may answer: by name, or because a node is not sure of its copy. */
export const REFUSALS: ReadonlySet<string> = new Set(['linkage_suspended', 'core_unavailable']);
export const ACCEPTED = 'accepted';

/** One push: what its node said to it, and when it was sent and answered, in ms after the commit of the stop. */
export interface Push {
  readonly said: string;
  readonly begunMs: number;
  readonly answeredMs: number;
}

/** What every node said to the pushes of one stop: since when it refuses, and what it accepted too late. */
export class Closings<Node> {
  readonly #closedMs = new Map<Node, number>();
  /** Nodes that named the stop; one that was merely unsure of its copy may still hear older news. */
  readonly #informed = new Set<Node>();
  /** Nodes that were asked after the bound: only their answers could be late. */
  readonly #watched = new Set<Node>();

  /** `boundMs`: how long after the commit a node may still accept; without it no time is judged. */
  constructor(
    private readonly nodes: number,
    private readonly boundMs: number | undefined,
  ) {}

  /** Takes the answers of each node in the order in which they came; says whether one was accepted too late. */
  take(node: Node, { said, begunMs, answeredMs }: Push): boolean {
    const isPastBound = begunMs > (this.boundMs ?? 0);
    if (isPastBound) this.#watched.add(node);
    if (said === ACCEPTED) {
      // It had refused while it was unsure of its copy, and had not closed.
      this.#closedMs.delete(node);
      return (isPastBound && this.boundMs !== undefined) || this.#informed.has(node);
    }
    if (!REFUSALS.has(said)) return false;
    if (!this.#closedMs.has(node)) this.#closedMs.set(node, answeredMs);
    if (said === 'linkage_suspended') this.#informed.add(node);
    return false;
  }

  /** When the last node refused for good, as far as is known; undefined while one still accepts. */
  get closedMs(): number | undefined {
    const all = [...this.#closedMs.values()];
    return all.length === this.nodes ? Math.max(...all) : undefined;
  }

  get isWatched(): boolean {
    return this.#watched.size === this.nodes;
  }
}
