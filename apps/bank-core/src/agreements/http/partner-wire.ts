import { instantToWire, type Instant } from '#libs/kernel';
import type { IntermediaryService } from '../domain/contract-terms.js';
import type { FiledPartner } from '../domain/filed-partner.js';
import type { ToldAt } from '../domain/partner-act.js';
import type { Registration } from '../domain/registration.js';
import type { PartnerFile } from '../partner-acts.service.js';
import type { PartnerHistoryDto, ToldAtDto } from './own/partner-act.dto.js';
import type { OwnPartnerDto, RegistrationDto, ServiceDto } from './participant.dto.js';

type CodeOf = (institutionId: number) => Promise<string>;

export const instantOrNull = (at: Instant | undefined): string | null =>
  at === undefined ? null : instantToWire(at);

/** The institutions by their codes, as people know them. */
export const toldToWire = (told: readonly ToldAt[], codeOf: CodeOf): Promise<ToldAtDto[]> =>
  Promise.all(
    told.map(async ({ institutionId, ...answer }) => ({
      bankCode: await codeOf(institutionId),
      ...answer,
    })),
  );

export async function historyToWire(file: PartnerFile, codeOf: CodeOf): Promise<PartnerHistoryDto> {
  const { partner, acts, connections } = file;
  return {
    chainPartnerId: partner.id,
    acts: await Promise.all(
      acts.map(async (act) => ({
        actId: act.id,
        kind: act.kind,
        about: act.about ?? null,
        text: act.text,
        instruction: act.instruction ?? null,
        dueAt: instantOrNull(act.dueAt),
        documents: [...act.documents],
        told: await toldToWire(act.told, codeOf),
        at: instantToWire(act.at),
      })),
    ),
    connections: await Promise.all(
      connections.map(async ({ institutionId, state, deadlines, open }) => ({
        bankCode: await codeOf(institutionId),
        state,
        deadlines: deadlines.map((one) => ({ ...one, dueAt: instantToWire(one.dueAt) })),
        open: open.map((one) => ({
          ...one,
          about: one.about ?? null,
          since: instantOrNull(one.since),
        })),
      })),
    ),
  };
}

export const partnerToWire = ({ terms, ...partner }: FiledPartner): OwnPartnerDto => ({
  chainPartnerId: partner.id,
  nameJa: partner.nameJa,
  nameKana: partner.nameKana,
  nameEn: partner.nameEn,
  legalBasis: partner.legalBasis,
  contractFrom: partner.contractFrom.toString(),
  contractTo: partner.contractTo?.toString() ?? null,
  directions: [...partner.directions],
  functions: [...partner.functions],
  status: partner.status,
  purpose: terms.purpose,
  method: terms.method,
  services: [...terms.services],
  legalBasisKind: terms.legalBasisKind ?? null,
  standsBeforeEpsp: terms.standsBeforeEpsp ?? null,
  contractDocument: terms.contractDocument ?? null,
  version: partner.version,
});

export const registrationToWire = (entry: Registration): RegistrationDto => ({
  version: entry.version,
  registration: entry.registration,
  registeredOn: entry.registeredOn.toString(),
  revokedOn: entry.revokedOn?.toString() ?? null,
  recordedAt: instantToWire(entry.recordedAt),
});

export const serviceToWire = (service: IntermediaryService): ServiceDto => ({
  serviceId: service.id,
  nameJa: service.nameJa,
  nameEn: service.nameEn,
  acts: [...service.acts],
  since: service.since.toString(),
});
