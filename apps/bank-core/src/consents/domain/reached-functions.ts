/** Functions by whose calls they are taken away: everybody's, the intermediary's own, its partners' (INT-17). */
export interface ReachedFunctions {
  readonly all: readonly string[];
  readonly direct: readonly string[];
  readonly chained: readonly string[];
  readonly partners: readonly {
    readonly partnerId: string;
    readonly functions: readonly string[];
  }[];
}
