import { Inject, Injectable } from '@nestjs/common';
import { platformProblem } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';

/** Between the four digits that people use and the surrogate of the tables. */
@Injectable()
export class BankCodes {
  constructor(@Inject(InstitutionsService) private readonly institutions: InstitutionsService) {}

  async codeOf(institutionId: number): Promise<string> {
    return (await this.institutions.byId(institutionId)).bankCode;
  }

  /** Answers 404 for a code that is no institution's. */
  async idOf(bankCode: string): Promise<number> {
    const institution = await this.institutions.byBankCode(bankCode);
    if (!institution) throw platformProblem('not_found');
    return institution.id;
  }
}
