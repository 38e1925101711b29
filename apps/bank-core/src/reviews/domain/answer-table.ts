import { accepted, CivilDate, refused, type Refusal, type Result, type Words } from '#libs/kernel';
import { ANSWERS, refusalOfAnswer, type Given, type ItemAnswer } from './answer.js';
import { ANSWER_COLUMNS, type AnswerColumn, type AnswerRow } from './answer-columns.js';
import { findingWords, type AnswerFinding, type FindingCode } from './answer-findings.js';
import { wordingOf, type ChecklistItem } from './checklist-item.js';
import type { EvidenceFile } from './evidence.js';
import type { KeptAnswer } from './submission.js';

/** What the rows of one file may name, and what stands there already. */
export interface AnswerGround {
  readonly items: readonly ChecklistItem[];
  readonly kept: readonly KeptAnswer[];
  /** The intermediary's own evidence that the file names. */
  readonly files: readonly EvidenceFile[];
}

/** An answer to be written over the version that its row was read at. */
export interface AnswerChange {
  readonly answer: ItemAnswer;
  readonly read: number;
}

const TEXT_MAX = 4_000;
const EVIDENCE_MAX = 20;
const LEVEL_MAX = 3;
/** More are counted, not listed. */
export const FINDINGS_MAX = 50;
const SAID = ['answer', 'level', 'byAlternative', 'plannedOn', 'reason', 'measures', 'evidence'];

const isText = (text: string): boolean =>
  text.length <= TEXT_MAX && text.isWellFormed() && !/[^\P{Cc}\n\r\t]/u.test(text);

const hashesIn = (cell: string): string[] => (cell === '' ? [] : cell.split(' '));

const isListOfHashes = (cell: string): boolean => {
  const hashes = hashesIn(cell);
  const areHashes = hashes.every((one) => /^[0-9a-f]{64}$/.test(one));
  return areHashes && hashes.length <= EVIDENCE_MAX && new Set(hashes).size === hashes.length;
};

/** What a cell has to hold before its row is read as an answer; the first that does not is told. */
const CELLS: Readonly<Partial<Record<AnswerColumn, (cell: string) => boolean>>> = {
  answer: (cell) => (ANSWERS as readonly string[]).includes(cell),
  level: (cell) => /^\d$/.test(cell) && Number(cell) <= LEVEL_MAX,
  byAlternative: (cell) => cell === 'yes' || cell === 'no',
  plannedOn: (cell) => cell === '' || CivilDate.parse(cell).ok,
  reason: isText,
  measures: isText,
  evidence: isListOfHashes,
  version: (cell) => /^(0|[1-9]\d{0,6})$/.test(cell),
};

/** The hashes that a file names as evidence, each once. */
export const hashesNamed = (rows: readonly AnswerRow[]): string[] => [
  ...new Set(rows.flatMap(({ evidence }) => hashesIn(evidence))),
];

/** One line per item that is asked, answered or not: a form to fill in, and what was filled in. */
export function answerRows({ items, kept, files }: AnswerGround): AnswerRow[] {
  const byWording = new Map(kept.map((one) => [one.answer.wording, one]));
  const hashes = new Map(files.map(({ id, sha256 }) => [id, sha256]));
  return items.map((item) => {
    const wording = wordingOf(item);
    const found = byWording.get(wording);
    const { answer } = found ?? {};
    return {
      itemId: item.itemId,
      wording,
      goalJa: item.goal.ja,
      goalEn: item.goal.en,
      answer: answer?.answer ?? '',
      level: answer ? String(answer.level) : '',
      byAlternative: answer ? (answer.byAlternative ? 'yes' : 'no') : '',
      plannedOn: answer?.plannedOn ?? '',
      reason: answer?.reason ?? '',
      measures: answer?.measures ?? '',
      evidence: (answer?.evidence ?? []).map((id) => hashes.get(id) ?? '').join(' '),
      version: String(found?.version ?? 0),
    };
  });
}

/**
 * What the rows change; a row without an answer leaves its item as it is, and one that says what stands there
 * changes nothing. All or nothing: one wrong line refuses the file with `answers_refused`, and each such line is named.
 */
export function readAnswerRows(
  rows: readonly AnswerRow[],
  ground: AnswerGround,
): Result<readonly AnswerChange[], Refusal<'answers_refused'>> {
  const asked = new Set(ground.items.map((item) => `${item.itemId} ${wordingOf(item)}`));
  const kept = new Map(ground.kept.map((one) => [one.answer.wording, one]));
  const files = new Map(ground.files.map((file) => [file.sha256, file]));
  const seen = new Set<string>();
  const changes: AnswerChange[] = [];
  const findings: AnswerFinding[] = [];
  for (const [index, row] of rows.entries()) {
    const wrong = isAsked(row, asked, seen) ?? wrongCell(row);
    if (wrong) findings.push({ row: index + 1, ...wrong });
    if (wrong || isBlank(row)) continue;
    const change = changeOf(row, kept, files);
    if ('code' in change) findings.push({ row: index + 1, ...change });
    else if ('answer' in change) changes.push(change);
  }
  return findings.length === 0 ? accepted(changes) : refused('answers_refused', facts(findings));
}

type Wrong = Omit<AnswerFinding, 'row'>;
const wrong = (column: AnswerColumn, code: FindingCode): Wrong => ({ column, code });

const isBlank = (row: AnswerRow): boolean =>
  SAID.every((column) => row[column as AnswerColumn] === '');

function isAsked(
  { itemId, wording }: AnswerRow,
  asked: ReadonlySet<string>,
  seen: Set<string>,
): Wrong | undefined {
  const question = `${itemId} ${wording}`;
  if (!asked.has(question)) return wrong('itemId', 'item_unknown');
  if (seen.has(question)) return wrong('itemId', 'item_repeated');
  seen.add(question);
  return undefined;
}

function wrongCell(row: AnswerRow): Wrong | undefined {
  if (isBlank(row)) return undefined;
  const found = ANSWER_COLUMNS.find((column) => CELLS[column]?.(row[column]) === false);
  return found && wrong(found, 'cell_wrong');
}

function changeOf(
  row: AnswerRow,
  kept: ReadonlyMap<string, KeptAnswer>,
  files: ReadonlyMap<string, EvidenceFile>,
): AnswerChange | Wrong | object {
  const evidence: string[] = [];
  for (const hash of hashesIn(row.evidence)) {
    const file = files.get(hash);
    if (!file) return wrong('evidence', 'evidence_unknown');
    if (file.state === 'infected') return wrong('evidence', 'evidence_infected');
    evidence.push(file.id);
  }
  const answer: ItemAnswer = {
    itemId: row.itemId,
    wording: row.wording,
    answer: row.answer as Given,
    level: Number(row.level),
    byAlternative: row.byAlternative === 'yes',
    plannedOn: row.plannedOn === '' ? undefined : row.plannedOn,
    reason: row.reason,
    measures: row.measures,
    evidence,
  };
  if (refusalOfAnswer(answer)) return wrong('reason', 'reason_required');
  const before = kept.get(row.wording);
  if (before && isSame(before.answer, answer)) return {};
  const read = Number(row.version);
  return read === (before?.version ?? 0) ? { answer, read } : wrong('version', 'version_conflict');
}

const isSame = (one: ItemAnswer, other: ItemAnswer): boolean =>
  one.answer === other.answer &&
  one.level === other.level &&
  one.byAlternative === other.byAlternative &&
  (one.plannedOn ?? '') === (other.plannedOn ?? '') &&
  one.reason === other.reason &&
  one.measures === other.measures &&
  one.evidence.join(' ') === other.evidence.join(' ');

/** Parallel lists: the place and the code for programs, a sentence for people in each language. */
function facts(findings: readonly AnswerFinding[]) {
  const listed = findings.slice(0, FINDINGS_MAX);
  const said = (language: keyof Words) => listed.map((one) => findingWords(one)[language]);
  return {
    clause: 'RKN-S3a' as const,
    facts: {
      wrong: findings.length,
      lines: listed.map(({ row, column, code }) => `${row} ${column} ${code}`),
      linesJa: said('ja'),
      linesEn: said('en'),
    },
  };
}
