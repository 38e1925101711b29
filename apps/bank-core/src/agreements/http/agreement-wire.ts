import type { AgreementFile, CoverageSpan } from '../domain/agreement-file.js';
import type { NoticeSection } from '../domain/published-notice.js';
import type { NoticeSectionDto } from './public/notice.dto.js';
import type { AgreementDto, CoverageSpanDto } from './staff/agreement.dto.js';

type CodeOf = (institutionId: number) => Promise<string>;

export const coverageToWire = (
  spans: readonly CoverageSpan[],
  codeOf: CodeOf,
): Promise<CoverageSpanDto[]> =>
  Promise.all(
    spans.map(async ({ institutionId, from, to }) => ({
      bankCode: await codeOf(institutionId),
      from: from.toString(),
      to: to?.toString() ?? null,
    })),
  );

export const agreementToWire = async (
  file: AgreementFile,
  codeOf: CodeOf,
): Promise<AgreementDto> => ({
  agreementId: file.id,
  epspId: file.intermediaryId,
  version: file.version,
  effectiveFrom: file.effectiveFrom.toString(),
  effectiveTo: file.effectiveTo?.toString() ?? null,
  partyBankCode: file.partyId === undefined ? null : await codeOf(file.partyId),
  supersedes: file.supersedes ?? null,
  coverage: await coverageToWire(file.coverage, codeOf),
});

export const sectionsToWire = (sections: readonly NoticeSection[]): NoticeSectionDto[] =>
  sections.map(({ heading, title, clauses }) => ({
    heading,
    title: { ...title },
    clauses: clauses.map((clause) => ({ ...clause })),
  }));
