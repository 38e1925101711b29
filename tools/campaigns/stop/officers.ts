import { assert } from '#libs/kernel';
import { contentOfHold } from '../../../apps/bank-core/src/links/index.js';
import type { StaffMember } from '../../../apps/bank-core/src/staff/index.js';
import { openStaffDesk, type StaffDesk } from '../../../apps/bank-core/src/staff-desk.js';
import { machineNow } from '../../machine-clock.js';
import type { Stage } from '../gateway-ground/stage.js';
import { Procedure } from './procedure.js';

const HOLD_MS = 3_600_000;
const BASIS = 'campaign stop';

/** Whose traffic is stopped at which institution: all of its functions, with and without partners. */
export interface StoppedLink {
  readonly bankCode: string;
  readonly epspId: string;
}

/** The protective hold of two people (INT-13), or the whole of RKN-S4 from the finding to the suspension. */
export type Way = 'hold' | 'procedure';

/** Two officers at their desk, through bank-core's own rooms: what `npm run staff` does, logged in once. */
export class Officers {
  private constructor(
    private readonly desk: StaffDesk,
    private readonly procedure: Procedure,
    private readonly proposer: StaffMember,
    private readonly approver: StaffMember,
    private readonly institutionIds: ReadonlyMap<string, number>,
  ) {}

  static async logIn(stage: Stage): Promise<Officers> {
    const { appUrl: databaseUrl } = stage.databases.bank;
    const desk = await openStaffDesk({ databaseUrl });
    const logIn = async (name: string): Promise<StaffMember> => {
      const officer = stage.officers.find(({ mailAddress }) => mailAddress.startsWith(`${name}@`));
      const member = await desk.staff.login(officer?.mailAddress ?? '', officer?.password ?? '');
      assert(member.ok, `The officer ${name} cannot log in.`);
      return member.value;
    };
    const all = await desk.institutions.all();
    const ids = new Map(all.map(({ id, bankCode }) => [bankCode, id]));
    const proposer = await logIn('compliance');
    const approver = await logIn('approver');
    const procedure = await Procedure.open(databaseUrl, proposer, approver);
    return new Officers(desk, procedure, proposer, approver, ids);
  }

  institutionOf(bankCode: string): number {
    const id = this.institutionIds.get(bankCode);
    assert(id, `There is no bank ${bankCode}.`);
    return id;
  }

  /** Two people agree; the function that comes back carries it out and resolves after its commit. */
  async agreeOnStop(link: StoppedLink, way: Way = 'hold'): Promise<() => Promise<void>> {
    if (way === 'procedure') return this.procedure.agreeOnStop(this.reviewed(link));
    const order = { ...this.orderOf(link), until: machineNow() + HOLD_MS };
    const agreed = await this.agree('protective_hold', contentOfHold(order));
    return async () => {
      const [done] = await this.desk.holds.set(order, agreed);
      assert(done?.result.ok, `The stop at ${link.bankCode} was refused.`);
    };
  }

  async agreeOnRelease(link: StoppedLink, way: Way = 'hold'): Promise<() => Promise<void>> {
    if (way === 'procedure') return this.procedure.agreeOnRelease(this.reviewed(link));
    const order = this.orderOf(link);
    const agreed = await this.agree('protective_hold_release', order);
    return async () => {
      const [done] = await this.desk.holds.release(order, agreed);
      assert(done?.result.ok, `The release at ${link.bankCode} was refused.`);
    };
  }

  async close(): Promise<void> {
    await this.procedure.close();
    await this.desk.close();
  }

  private reviewed({ bankCode, epspId }: StoppedLink) {
    return { institutionId: this.institutionOf(bankCode), epspId };
  }

  private orderOf({ bankCode, epspId }: StoppedLink) {
    return {
      epspId,
      chainPartnerId: '*',
      function: '*',
      basis: BASIS,
      institutionIds: [this.institutionOf(bankCode)],
    };
  }

  private async agree(kind: string, content: object) {
    const proposal = await this.desk.staff.propose(this.proposer, kind, content);
    const approved = await this.desk.staff.approve(proposal, this.approver, proposal.contentHash);
    assert(approved.ok, 'Two different people agreed.');
    return { proposal, approver: this.approver };
  }
}
