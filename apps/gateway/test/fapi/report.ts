/** What the official suite would say of a module. REVIEW: a person confirms the page that was shown. */
export type Result = 'PASSED' | 'WARNING' | 'REVIEW' | 'SKIPPED' | 'FAILED';

export interface Verdict {
  readonly result: Result;
  readonly notes: readonly string[];
}

/** A module that found something that the profile forbids. */
export class ModuleFailure extends Error {}

/** A module that does not apply to what the server offers. */
export class ModuleSkipped extends Error {}

/** Ends the module as FAILED unless it is so. */
export function must(isSo: unknown, otherwise: string): asserts isSo {
  if (!isSo) throw new ModuleFailure(otherwise);
}

export function skip(reason: string): never {
  throw new ModuleSkipped(reason);
}

/** Collects what is no failure and yet has to be said. */
export class Report {
  private readonly warnings: string[] = [];
  private readonly reviews: string[] = [];

  /** For what the profile only recommends. */
  should(isSo: unknown, otherwise: string): void {
    if (!isSo) this.warnings.push(otherwise);
  }

  review(page: string): void {
    this.reviews.push(page);
  }

  verdict(): Verdict {
    if (this.warnings.length > 0) return { result: 'WARNING', notes: this.warnings };
    if (this.reviews.length > 0) return { result: 'REVIEW', notes: this.reviews };
    return { result: 'PASSED', notes: [] };
  }
}
