import type { History, Operation } from './history.js';
import type { PostingRow } from './rows.js';

/** What may be wrong, as the issue names it. */
export interface Wrong {
  readonly what: 'lost' | 'doubled' | 'unexplained';
  readonly words: string;
}

export type FirstLine = Pick<PostingRow, 'key' | 'hash' | 'status' | 'detail'>;

/** Every acknowledged answer has its one row, and says what the row says. */
export function judgeAnswers(
  operations: readonly Operation[],
  rows: ReadonlyMap<string, FirstLine>,
): Wrong[] {
  return operations.flatMap((operation): Wrong[] => {
    const { answer, key, hash, order, door } = operation;
    const told = `${order.key} (${order.act} by ${door}, told ${answer?.status ?? 'nothing'})`;
    if (!answer) return [{ what: 'unexplained', words: `${told} never ended` }];
    const row = rows.get(rowName(operation.institutionId, key));
    if (!row) return [{ what: 'lost', words: `${told} has no row` }];
    const isSame =
      answer.status === 'key_reused'
        ? row.hash !== hash
        : row.hash === hash && row.status === answer.status && row.detail === answer.detail;
    if (isSame) return [];
    const content = row.hash === hash ? 'the same' : 'other';
    const stands = `stands as ${row.status} ${row.detail} with ${content} content`;
    return [{ what: 'unexplained', words: `${told} ${stands}` }];
  });
}

export const rowName = (institutionId: number, key: string): string => `${institutionId} ${key}`;

/** A line that stands twice: the effect of one key happened twice. */
export function judgeDoubles(
  rows: readonly Pick<PostingRow, 'institution_id' | 'key' | 'line'>[],
): Wrong[] {
  const seen = new Set<string>();
  return rows.flatMap((row): Wrong[] => {
    const name = `${row.institution_id} ${row.key} ${row.line}`;
    if (seen.has(name)) return [{ what: 'doubled', words: `${name} stands twice` }];
    seen.add(name);
    return [];
  });
}

interface Span {
  readonly name: string;
  /** The place in the one order that everybody must agree on. */
  readonly place: bigint;
  readonly invokedAt: number;
  readonly answeredAt: number;
}

/**
 * What was acknowledged before another was asked stands before it: in the order of the commits, and on each
 * account in the order of its legs.
 */
export function judgeOrder(history: History, rows: readonly PostingRow[]): Wrong[] {
  const spans = spansOf(history);
  const lines = new Map<string, Span[]>();
  const put = (line: string, span: Omit<Span, 'place'>, place: bigint): void => {
    const list = lines.get(line) ?? [];
    list.push({ ...span, place });
    lines.set(line, list);
  };
  for (const [index, row] of rows.entries()) {
    const span = spans.get(`${rowName(row.institution_id, row.key)} ${row.hash}`);
    if (!span) continue;
    if (row.line === 1) put('the commits', span, BigInt(index));
    const { institution_id: institution, debit_seq: debit, credit_seq: credit } = row;
    if (debit !== null) put(`${institution} ${row.debit_account}`, span, debit);
    if (credit !== null) put(`${institution} ${row.credit_account}`, span, credit);
  }
  return [...lines].flatMap(([line, list]) => inversions(line, list));
}

/** Of one key and content: from the first question to the first answer. */
function spansOf(history: History): Map<string, Omit<Span, 'place'>> {
  const spans = new Map<string, Omit<Span, 'place'>>();
  for (const { institutionId, key, hash, order, invokedAt, answeredAt } of history.operations) {
    const name = `${rowName(institutionId, key)} ${hash}`;
    const known = spans.get(name);
    spans.set(name, {
      name: order.key,
      invokedAt: Math.min(invokedAt, known?.invokedAt ?? Infinity),
      answeredAt: Math.min(answeredAt ?? Infinity, known?.answeredAt ?? Infinity),
    });
  }
  return spans;
}

/** From the last place back: nobody further on may have been answered before this one was asked. */
export function inversions(line: string, spans: readonly Span[]): Wrong[] {
  const found: Wrong[] = [];
  let earliest: Span | undefined;
  for (const span of spans.toSorted((a, b) => (a.place < b.place ? 1 : -1))) {
    if (earliest && earliest.answeredAt < span.invokedAt) {
      const words = `${earliest.name} was answered before ${span.name} was asked, and stands after it on ${line}`;
      found.push({ what: 'unexplained', words });
    }
    if (!earliest || span.answeredAt < earliest.answeredAt) earliest = span;
  }
  return found;
}

/** A booking date never goes backwards on an account, and is never before the order's own. */
export function judgeDates(rows: readonly PostingRow[], latest: Map<string, string>): Wrong[] {
  return rows.flatMap((row): Wrong[] => {
    const accounts = [
      ...(row.debit_seq === null ? [] : [row.debit_account]),
      ...(row.credit_seq === null ? [] : [row.credit_account]),
    ];
    return accounts.flatMap((account): Wrong[] => {
      const name = `${row.institution_id} ${account}`;
      const before = latest.get(name) ?? '';
      if (row.booked_on < before) {
        const words = `${name} was booked on ${before}, then on ${row.booked_on}`;
        return [{ what: 'unexplained', words }];
      }
      latest.set(name, row.booked_on);
      return [];
    });
  });
}
