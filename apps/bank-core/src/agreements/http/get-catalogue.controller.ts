import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CivilDate, type Clock } from '#libs/kernel';
import { BANK_FUNCTIONS, InstitutionsService } from '../../institutions/index.js';
import { INTERNAL } from '../../platform/internal-caller.js';
import { CLOCK } from '../../platform/platform.module.js';
import { AgreementsService } from '../agreements.service.js';
import { CatalogueDto, FunctionsDto } from './catalogue.dto.js';

/** What exists and who may ask: the gateway's snapshot of register and catalogue. */
@ApiTags('catalogue')
@Controller(`${INTERNAL}/catalogue`)
export class GetCatalogueController {
  constructor(
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'getCatalogue', summary: '金融機関・電代業者・連鎖接続先の一覧' })
  @ApiOkResponse({ type: CatalogueDto })
  async get(): Promise<CatalogueDto> {
    const today = CivilDate.inTokyo(await this.clock.now());
    const [institutions, offered] = await Promise.all([
      this.institutions.all(),
      this.institutions.offered(),
    ]);
    const codeOf = new Map(institutions.map(({ id, bankCode }) => [id, bankCode]));
    const coverages = await this.agreements.coverages(today);
    // What nobody has contracted is no part of the register (RKN-C1a).
    const partners = (await this.agreements.partners()).filter(
      ({ status }) => status === 'contracted' || status === 'stopped',
    );
    return {
      institutions: institutions.map(({ id, bankCode, kind, nameJa, nameKana, nameEn }) => {
        const functions = functionsOf(offered.get(id));
        return { bankCode, kind, nameJa, nameKana, nameEn, functions };
      }),
      intermediaries: (await this.agreements.intermediaries()).map((one) => ({
        epspId: one.id,
        nameJa: one.nameJa,
        nameKana: one.nameKana,
        nameEn: one.nameEn,
        registration: one.registration,
        status: one.status,
        coveredBankCodes: coverages.flatMap(({ intermediaryId, institutionId }) =>
          intermediaryId === one.id ? (codeOf.get(institutionId) ?? []) : [],
        ),
      })),
      chainPartners: partners.map((one) => ({
        chainPartnerId: one.id,
        epspId: one.intermediaryId,
        nameJa: one.nameJa,
        nameEn: one.nameEn,
        functions: [...one.functions],
        contractFrom: one.contractFrom.toString(),
        contractTo: one.contractTo?.toString() ?? null,
        status: one.status,
      })),
    };
  }
}

function functionsOf(offered: ReadonlySet<string> | undefined): FunctionsDto {
  const functions = new FunctionsDto();
  for (const fn of BANK_FUNCTIONS) functions[fn] = offered?.has(fn) ?? false;
  return functions;
}
