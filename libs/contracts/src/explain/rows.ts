import type { Words } from '#libs/kernel';
import type { ClauseLine, DutyLine, Explanation, ParameterLine, ReadingLine } from './explain.js';
import { headings, none, notRecorded, sample } from './words.js';

/** One labelled line of a document; `depth` indents it below the clause that it belongs to. */
export interface Row {
  readonly label: Words;
  readonly value: Words;
}

export interface Entry {
  readonly depth: number;
  readonly head: Words;
  readonly rows: readonly Row[];
}

export interface Section {
  readonly heading: Words;
  readonly entries: readonly Entry[];
}

const same = (text: string): Words => ({ ja: text, en: text });
const row = (label: Words, value: Words): Row => ({ label, value });
const with2 = (a: Words, b: Words, by = ' '): Words => ({
  ja: `${a.ja}${by}${b.ja}`,
  en: `${a.en}${by}${b.en}`,
});

function clauseEntry(line: ClauseLine): Entry {
  const id = line.key === undefined ? line.clause : `${line.clause}〔${line.key}〕`;
  const facts = line.facts.map(({ name, value, evidence }) => {
    const proof = evidence.length === 0 ? '' : ` [${evidence.join(', ')}]`;
    return row(headings.facts, with2(name, with2(value, same(proof), ''), ': '));
  });
  return {
    depth: line.depth,
    head: with2(same(id), line.effect, ' — '),
    rows: [
      ...(line.rule ? [row(headings.rule, line.rule)] : []),
      row(headings.reason, line.reason),
      ...facts,
      ...(line.value ? [row(headings.value, line.value)] : []),
      ...(line.overriddenBy.length > 0
        ? [row(headings.overriddenBy, same(line.overriddenBy.join(', ')))]
        : []),
    ],
  };
}

function parameterEntry(line: ParameterLine): Entry {
  const head = with2(line.name, same(`${line.id} (${line.clause})`));
  return {
    depth: 0,
    head: line.isSample ? with2(head, sample, ' · ') : head,
    rows: [
      row(headings.value, line.value),
      row(headings.version, same(String(line.version))),
      row(headings.from, same(line.from)),
      row(headings.enteredBy, same(line.enteredBy)),
      row(headings.approvedBy, same(line.approvedBy)),
    ],
  };
}

const readingEntry = (line: ReadingLine): Entry => ({
  depth: 0,
  head: with2(same(line.entry), line.question),
  rows: [
    row(same(line.reading), line.words),
    row(headings.version, with2(same(String(line.version)), line.status)),
    ...(line.from === undefined ? [] : [row(headings.from, same(line.from))]),
    row(headings.approvedBy, line.approvers.length === 0 ? none : same(line.approvers.join(', '))),
  ],
});

const dutyEntry = (line: DutyLine): Entry => ({
  depth: 0,
  head: with2(line.who, line.what, ': '),
  rows: [
    row(headings.due, line.due === undefined ? none : same(line.due)),
    row(headings.clause, same(line.clause)),
  ],
});

const section = (heading: Words, entries: readonly Entry[]): Section => ({
  heading,
  entries: entries.length > 0 ? entries : [{ depth: 0, head: none, rows: [] }],
});

/** The lines at the head of the document, before its sections. */
export const headRows = (said: Explanation): Row[] => [
  row(headings.outcome, said.outcome),
  row(headings.institution, said.institution),
  row(headings.asOf, same(said.asOf)),
  row(headings.ruleset, same(said.ruleset)),
  row(headings.inputHash, same(said.inputHash)),
  row(headings.recordHash, said.recordHash === undefined ? notRecorded : same(said.recordHash)),
];

/** The document's sections in their order. An empty one says so: silence is never an answer. */
export function sectionsOf(said: Explanation): Section[] {
  const { person } = said;
  const personEntry: Entry[] = person
    ? [
        {
          depth: 0,
          head: person.clause ? with2(same(person.clause), person.why) : person.why,
          rows: person.bounds
            ? [row(headings.bounds, with2(person.bounds[0], person.bounds[1], ' – '))]
            : [],
        },
      ]
    : [];
  const unknown = said.unknown.map((head): Entry => ({ depth: 0, head, rows: [] }));
  const contact = with2(said.contact.name, same(said.contact.address), ' — ');
  return [
    section(headings.person, personEntry),
    section(headings.clauses, said.clauses.map(clauseEntry)),
    section(headings.parameters, said.parameters.map(parameterEntry)),
    section(headings.readings, said.readings.map(readingEntry)),
    section(headings.unknown, unknown),
    section(headings.duties, said.duties.map(dutyEntry)),
    section(headings.contact, [{ depth: 0, head: contact, rows: [] }]),
  ];
}
