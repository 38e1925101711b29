import { Inject, Injectable } from '@nestjs/common';
import { InstitutionsService, inTurn } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { TransfersService } from './transfers.service.js';

/** Writes down what is true already: a draft past its time is expired, and the record says so (SM-3.5). */
@Injectable()
export class ExpireDrafts {
  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(InstitutionsService) institutions: InstitutionsService,
    @Inject(TransfersService) transfers: TransfersService,
  ) {
    jobs.every(15_000, {
      name: 'expire-drafts',
      run: () => inTurn(institutions, (id) => transfers.expireOverdue(id)),
    });
  }
}
