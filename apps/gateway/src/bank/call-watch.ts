import { BankCoreAnswerTooLarge, type BankCoreCall } from '#libs/bank-core-client';
import type { Metrics } from '#libs/platform';

type Call = Pick<BankCoreCall, 'method' | 'path'>;

/** Counts and times the calls of bank-core: by what was asked for, and whether there was an answer. */
export class CallWatch {
  private readonly seconds;

  constructor(metrics: Metrics) {
    const help = 'Seconds of a call of bank-core: answered, refused, too large, or silent.';
    this.seconds = metrics.histogram('bank_core_call_seconds', help, [
      'method',
      'resource',
      'outcome',
    ]);
  }

  async see<Answer extends { readonly ok: boolean }>(
    call: Call,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    const since = performance.now();
    try {
      const answer = await work();
      this.tell(call, answer.ok ? 'answered' : 'refused', since);
      return answer;
    } catch (error) {
      const isTooLarge = error instanceof BankCoreAnswerTooLarge;
      this.tell(call, isTooLarge ? 'too_large' : 'silent', since);
      throw error;
    }
  }

  private tell({ method, path }: Call, outcome: string, since: number): void {
    const labels = { method, resource: resourceOf(path), outcome };
    this.seconds.observe(labels, (performance.now() - since) / 1000);
  }
}

/** A word of a path. Every id has what no word has: a digit, an underscore, a dot or a capital. */
const WORD = /^[a-z][a-z-]*$/;

/**
 * The words of a path without the ids between them. By their form and not by their place: whatever a caller invents
 * must become no label, which stays in memory as long as the process lives (T-31).
 */
export const resourceOf = (path: string): string =>
  path
    .split('/')
    .filter((part) => WORD.test(part))
    .join('/');
