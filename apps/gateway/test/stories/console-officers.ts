import { HOTP, Secret } from 'otpauth';
import { newId } from '#libs/kernel';
import { openStaffDesk } from '../../../../tools/staff/open-desk.js';
import { machineNow } from '../../../../tools/machine-clock.js';
import type { LocalFetch } from '../../../../tools/http/index.js';
import type { DemoOfficer } from '../../../../tools/start/seeds.js';

const STEP_MS = 30_000;

export interface ConsoleAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** Where the console is, and who works there. */
export interface ConsolePlace {
  readonly consoleOrigin: string;
  readonly fetch: LocalFetch;
  readonly officers: readonly DemoOfficer[];
  /** Of bank-core's database, for what other rooms tell before a finding can be made. */
  readonly databaseUrl: string;
}

/** One officer at the console of the real server: password and one-time code, then calls with the cookie. */
export class ConsoleOfficer {
  #cookie = '';

  constructor(
    private readonly place: ConsolePlace,
    private readonly name: string,
  ) {}

  /** `aheadMs`: how far bank time has been moved, by which it judges the code. */
  async logIn(aheadMs = 0): Promise<void> {
    const officer = this.place.officers.find(({ mailAddress }) =>
      mailAddress.startsWith(`${this.name}@`),
    );
    if (!officer) throw new Error(`There is no officer ${this.name}.`);
    const secret = Secret.fromBase32(officer.totpSecretBase32);
    const counter = Math.floor((machineNow() + aheadMs) / STEP_MS);
    const answer = await this.send('POST', '/sessions', {
      mailAddress: officer.mailAddress,
      password: officer.password,
      oneTimeCode: HOTP.generate({ secret, digits: 6, counter }),
    });
    if (answer.status !== 201) throw new Error(`${this.name}: ${JSON.stringify(answer.body)}`);
  }

  async send(method: 'GET' | 'POST', path: string, body?: object): Promise<ConsoleAnswer> {
    const { consoleOrigin: origin, fetch } = this.place;
    const answer = await fetch(`${origin}/staff/v1${path}`, {
      method,
      headers: {
        origin,
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const given = answer.headers.get('set-cookie')?.split(';')[0];
    if (answer.status === 201 && given) this.#cookie = given;
    const bytes = Buffer.from(await answer.arrayBuffer());
    const text = bytes.toString('utf8');
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: answer.status, body: parsed as ConsoleAnswer['body'], bytes };
  }
}

/** Two officers of the federation: one proposes, the other approves. */
export class ConsoleOfficers {
  private constructor(
    private readonly place: ConsolePlace,
    private readonly proposer: ConsoleOfficer,
    private readonly approver: ConsoleOfficer,
  ) {}

  static async logIn(
    place: ConsolePlace,
    proposer = 'compliance',
    approver = 'approver',
  ): Promise<ConsoleOfficers> {
    const both = [
      new ConsoleOfficer(place, proposer),
      new ConsoleOfficer(place, approver),
    ] as const;
    for (const officer of both) await officer.logIn();
    return new ConsoleOfficers(place, ...both);
  }

  /** After bank time was moved, which ends sessions. */
  async logInAgain(aheadMs: number): Promise<void> {
    for (const officer of [this.proposer, this.approver]) await officer.logIn(aheadMs);
  }

  get(path: string): Promise<ConsoleAnswer> {
    return this.proposer.send('GET', path);
  }

  post(path: string, body: object): Promise<ConsoleAnswer> {
    return this.proposer.send('POST', path, body);
  }

  /** Proposed by one, approved by the other; what became of it at the one institution that it names. */
  async agree(path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
    const proposed = await this.post(path, body);
    if (proposed.status !== 202) throw new Error(JSON.stringify(proposed.body));
    const { id, contentHash } = proposed.body;
    const decision = { decision: 'approve', contentHash };
    const done = await this.approver.send('POST', `/proposals/${String(id)}/decisions`, decision);
    if (done.status !== 200) throw new Error(JSON.stringify(done.body));
    const [effect] = done.body['effects'] as { outcome: Record<string, unknown> }[];
    return effect?.outcome ?? {};
  }

  /** An intermediary's checklist is under assessment, from which a finding may follow (RKN-S3b). */
  async underAssessment(epspId: string, bankCode: string): Promise<void> {
    const desk = await openStaffDesk(this.place);
    try {
      const { review, matters, database, clock, institutions } = desk;
      const found = (await institutions.all()).find((one) => one.bankCode === bankCode);
      const name = review.nameOf(found?.id ?? 0, epspId);
      const at = await clock.now();
      const events = [
        { type: 'checklist_submitted', submissionId: newId('sub', at), incompleteItems: [] },
        { type: 'assessment_opened' },
      ] as const;
      await database.inInstitution(name.institutionId, async (tx) => {
        for (const event of events) {
          const told = { ...event, id: `story:${event.type}`, happenedAt: at };
          const step = await matters.tell(tx, review, name, told, at);
          if (!step.ok) throw new Error(step.refusal.code);
        }
      });
    } finally {
      await desk.close();
    }
  }

  /** A demand for improvement of one item, from the finding to the letter; answers its id (RKN-S4a). */
  async demand(epspId: string, bankCode: string): Promise<string> {
    await this.underAssessment(epspId, bankCode);
    const about = {
      bankCodes: [bankCode],
      items: ['4.2'],
      grounds: { text: '4.2 の証拠が提出されていない', evidence: ['doc_evidence_1'] },
    };
    const path = `/links/${epspId}/review-steps`;
    await this.agree(path, { step: 'found_deficient', ...about });
    const demanded = await this.agree(path, { step: 'improvement_demanded', ...about });
    return String(demanded['about']);
  }

  /** A request to stop one chain partner, for its own default; its letter waits (RKN-C2a). */
  askToStop(epspId: string, partnerId: string, bankCode: string): Promise<unknown> {
    return this.agree(`/links/${epspId}/chain-partners/${partnerId}/stop-steps`, {
      step: 'stop_demanded',
      bankCodes: [bankCode],
      ground: 'partner_default',
      grounds: { text: '報告が滞っている', evidence: ['doc_1'] },
      explanation: '報告が滞っている',
    });
  }
}
