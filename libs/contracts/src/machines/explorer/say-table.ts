import type { Machine, MachineEvent, Row } from '../step.js';

const line = (label: string, parts: readonly string[]): string[] =>
  parts.length === 0 ? [] : [`    ${label.padEnd(9)}${parts.join(', ')}`];

function sayRow<N extends string, F, E extends MachineEvent, C extends string>(
  row: Row<N, F, E, C>,
): string[] {
  const { from, event, to, clauses, guard, notices, startsDeadlines, effects } = row;
  const kept = row.keepsDeadlines ?? [];
  return [
    `  ${from.join(' | ')} -- ${event} --> ${to}`,
    ...line('by', clauses),
    ...line('at', row.deadline === undefined ? [] : [`the end of ${row.deadline}`]),
    ...line('chosen', row.when ? ['by a condition'] : []),
    ...line('within', row.within === undefined ? [] : [row.within]),
    ...line(
      'unless',
      guard.map(({ refusal, clause }) => `${refusal} (${clause})`),
    ),
    ...line(
      'tells',
      notices.map(({ kind, to: whom, clause }) => `${whom}: ${kind} (${clause})`),
    ),
    ...line(
      'starts',
      startsDeadlines.map(({ name, clause, parameter }) =>
        [
          typeof name === 'string' ? name : '(one for each)',
          `(${clause}${parameter === undefined ? '' : `, ${parameter}`})`,
        ].join(' '),
      ),
    ),
    ...line('keeps', typeof kept === 'string' ? [kept] : kept),
    ...line('effects', effects),
  ];
}

/** A machine as text: its rows in order and the duties of its states. Functions are told as such. */
export function sayTable<N extends string, F, E extends MachineEvent, C extends string>(
  machine: Machine<N, F, E, C>,
): string {
  const { name, initial, terminal, resting, rows, duties } = machine;
  const states = Object.keys(duties) as N[];
  return [
    `${name}: from ${initial} to ${terminal.join(' | ')}`,
    ...(resting ? [`may rest in ${resting.join(' | ')}`] : []),
    '',
    ...rows.flatMap(sayRow),
    '',
    'duties',
    ...states.flatMap((state) =>
      (duties[state] ?? []).map(
        ({ who, what, clause, by }) =>
          `  ${state}: ${who}, ${clause}${by === undefined ? '' : `, by ${by}`}: ${what.en}`,
      ),
    ),
    '',
  ].join('\n');
}
