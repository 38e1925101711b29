import type { HeldRole } from '../../apps/bank-core/src/audit/index.js';

export type TrailFault =
  | 'role_without_two_people'
  | 'role_without_record'
  | 'role_record_without_role'
  | 'row_changed_by_hand';

export interface TrailFinding {
  readonly fault: TrailFault;
  readonly about: string;
  readonly number?: string;
}

/** What two people decided and who may do what, counted: the part of the digest that is read by people. */
export interface TrailSummary {
  readonly proposals: Readonly<Record<string, number>>;
  readonly approvals: number;
  readonly roles: readonly string[];
}

interface RoleRow {
  readonly id: number;
  readonly mail_address: string;
  readonly role: string;
  readonly institution_id: number | null;
  readonly until: string | null;
  readonly granted_by: string | null;
  readonly ended_by: string | null;
}

/** Rows that the application only ever adds to, whatever it does. */
const ONLY_INSERTED = [
  'proposal',
  'proposal_approval',
  'proposal_end',
  'proposal_effect',
  'person',
];
/** The people of the installation are there before the first digest: somebody has to be first. */
const INSTALLATION = 1n;

const nameOf = ({ mail_address: mail, role, institution_id: at }: RoleRow): string =>
  `${mail} ${role} ${at ?? 'federation'}`;

/** Reads the officers' trail in order, and knows at its end which roles there ought to be (T-17). */
export class TrailReader {
  readonly findings: TrailFinding[] = [];
  readonly held = new Map<number, string>();
  readonly #roles: string[] = [];
  readonly #proposals: Record<string, number> = {};
  readonly #approved = new Set<string>();

  get summary(): TrailSummary {
    return { proposals: this.#proposals, approvals: this.#approved.size, roles: this.#roles };
  }

  read(line: string, number: bigint): void {
    const [, , , , kind, content] = JSON.parse(line) as [0, string, number, number, string, object];
    if (kind === 'proposal_insert') this.#count((content as { kind: string }).kind);
    if (kind === 'proposal_approval_insert')
      this.#approved.add((content as { proposal_id: string }).proposal_id);
    const table = kind.slice(0, kind.lastIndexOf('_'));
    if (table === 'staff_role') this.#role(kind, content as RoleRow, number);
    else if (ONLY_INSERTED.includes(table) && !kind.endsWith('_insert'))
      this.#found('row_changed_by_hand', kind, number);
  }

  #role(kind: string, row: RoleRow, number: bigint): void {
    const name = nameOf(row);
    if (kind === 'staff_role_delete') {
      this.held.delete(row.id);
      this.#found('row_changed_by_hand', `${kind}: ${name}`, number);
      return;
    }
    const isEnded = row.until !== null;
    const by = isEnded ? row.ended_by : row.granted_by;
    const isAgreed = by !== null && this.#approved.has(by);
    const isOfInstallation = number === INSTALLATION && by === null && !isEnded;
    if (!isAgreed && !isOfInstallation) this.#found('role_without_two_people', name, number);
    if (kind === 'staff_role_update' && !isEnded)
      this.#found('row_changed_by_hand', `${kind}: ${name}`, number);
    if (isEnded) this.held.delete(row.id);
    else this.held.set(row.id, name);
    if (number !== INSTALLATION) this.#roles.push(`${isEnded ? '-' : '+'} ${name}`);
  }

  #count(kind: string): void {
    this.#proposals[kind] = (this.#proposals[kind] ?? 0) + 1;
  }

  #found(fault: TrailFault, about: string, number: bigint): void {
    this.findings.push({ fault, about, number: String(number) });
  }
}

/** What the trail tells of itself, and where it and the roles held differ. */
export function findingsOfTrail(trail: TrailReader, roles: readonly HeldRole[]): TrailFinding[] {
  const told = new Set(trail.held.values());
  const held = new Set(
    roles.map(({ mailAddress, role, institutionId }) =>
      [mailAddress, role, institutionId ?? 'federation'].join(' '),
    ),
  );
  return [
    ...trail.findings,
    ...onlyIn(held, told).map((about) => ({ fault: 'role_without_record', about }) as const),
    ...onlyIn(told, held).map((about) => ({ fault: 'role_record_without_role', about }) as const),
  ];
}

const onlyIn = (some: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...some].filter((one) => !others.has(one));
